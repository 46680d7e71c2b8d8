"""Published cases like the owner's own: same industry, same kind, and honest about size."""

import re

from advisor import company as profile
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import month
from knowledge.documents import Incident
from knowledge.library import Library

TOPIC = "incident_case"
ASKS_SIZE = re.compile(r"規模|人数|同じくらい|同じぐらい|うちくらい|うちぐらい|小さ|零細|中小")


def tell(question: Question, library: Library) -> Answer:
    """The nearest case not told yet: industry and kind, then kind, then industry, then any."""
    company = profile.learn(question, library)
    industry = profile.industry_asked(question, library) or company.industry
    kind = _kind(question, library)
    for closeness, cases in _nearest_first(library, industry, kind):
        fresh = [case for case in cases if case.id not in _told(question)]
        if fresh:
            return _tell(question, fresh[0], closeness, company_changed={"company": company})
    return answer(question, TOPIC, "case_no_more", company=company)


def others(question: Question, library: Library) -> Answer:
    """Another case of the same industry or kind as the one told last."""
    last = _last(question, library)
    if not last:
        return tell(question, library)
    told = _told(question)
    same_kind = library.every(Incident, incident_kind=last.incident_kind)
    same_industry = library.every(Incident, industry=last.industry)
    for case in [*(c for c in same_industry if c in same_kind), *same_industry, *same_kind]:
        if case.id not in told:
            return _tell(question, case, "also")
    return answer(question, TOPIC, "case_no_more")


def details(question: Question, library: Library) -> Answer:
    """Cause and recovery of the case told last."""
    case = _last(question, library)
    if not case:
        return tell(question, library)
    values: dict[str, Value] = {
        "told_as": case.told_as,
        "cause": case.cause or Phrase("not_published"),
        "recovery": case.recovery or Phrase("not_published"),
        "measure": case.measures[0].split("/")[1] if case.measures else "",
    }
    return answer(question, TOPIC, "case_details", refs=[case], values=values)


def _tell(
    question: Question, case: Incident, closeness: str, company_changed: dict[str, object] | None = None
) -> Answer:
    asks_size = ASKS_SIZE.search(question.text) is not None
    values: dict[str, Value] = {
        "lead": Phrase(f"case_lead_{closeness}"),
        "told_as": case.told_as,
        "when": month(case.happened) if case.happened else Phrase("case_when_unknown"),
        "what": case.what,
        "size": _size(case) if asks_size else "",
        "damage": Phrase("case_damage", {"damage": case.damage}) if case.damage else "",
        "lesson": case.lesson,
        "measure": case.measures[0].split("/")[1] if case.measures else "",
    }
    return answer(question, TOPIC, "case", refs=[case], values=values, **(company_changed or {}))


def _size(case: Incident) -> Phrase:
    """A case whose size nobody published is never called one of the same size."""
    return Phrase("case_size", {"size": case.size_band}) if case.size_band else Phrase("case_size_unknown")


def _nearest_first(
    library: Library, industry: str | None, kind: str | None
) -> list[tuple[str, list[Incident]]]:
    """Groups of cases, nearest first, each newest first and with how near it is to what was asked."""
    groups: list[tuple[str, list[Incident]]] = []
    if industry and kind:
        groups.append(("same_both", library.every(Incident, industry=industry, incident_kind=kind)))
    if kind:
        near = "same_kind_only" if industry else "same_kind"
        groups.append((near, library.every(Incident, incident_kind=kind)))
    if industry:
        near = "same_industry_only" if kind else "same_industry"
        groups.append((near, library.every(Incident, industry=industry)))
    if not industry and not kind:
        groups.append(("any", library.every(Incident)))
    return [(near, sorted(cases, key=_newest_and_surest)) for near, cases in groups]


def _newest_and_surest(case: Incident) -> tuple[int, list[int]]:
    sure = {"high": 0, "medium": 1, "low": 2}[case.confidence]
    return sure, [-int(part) for part in (case.happened or "0").split("-")]


def _kind(question: Question, library: Library) -> str | None:
    found = (library.meaning("incident_kind", word) for word in question.words("incident_kind"))
    return next(filter(None, found), None)


def _told(question: Question) -> set[str]:
    return set(question.state.told) if question.state.last and question.state.last.topic == TOPIC else set()


def _last(question: Question, library: Library) -> Incident | None:
    refs = question.state.last.refs if question.state.last else []
    return next((library.get_as(Incident, ref) for ref in refs if ref.startswith("incident/")), None)
