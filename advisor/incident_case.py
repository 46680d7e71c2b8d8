"""Published cases like the owner's own: same industry, same kind, and honest about size."""

import re
from dataclasses import dataclass

from advisor import company as profile
from advisor.asked import AT_MOST, named
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.incident_response import kind_named
from advisor.reading import month
from knowledge.documents import Incident, Interview, Measure, Playbook
from knowledge.library import Library
from knowledge.words import normalise

TOPIC = "incident_case"
ASKS_SIZE = re.compile(
    r"規模|人数|同じくらい|同じぐらい|うちくらい|うちぐらい|小さ|零細|中小"
    r"|[\d一二三四五六七八九十百]+(人|名)(以下|未満|くらい|ぐらい|前後|ほど)"
)
# So told, a company is no small one.
LARGE = re.compile(r"チェーン|大手|上場|全国|グループ|大学|都道府県|県$|市$|メーカー")
OF_TRADE = re.compile(r"業種|同業|業界")

HAPPENED = re.compile(
    r"盗|乗っ取|のっと|漏|もれ|売っ|売られ|間違|まちが|だま|騙|なりすま|ふりを|ふりし|感染|暗号|止ま|消え|消さ|なくし|無くし"
    r"|紛失|改ざん|書き換え|流出|抜かれ|抜き取|丸見え|入力|押し|振り込|送って|送られ|送っちゃ|届い|持ち出|持ち逃げ|落とし|置き忘れ|持って(行|い)|捨て|見えた|見られ|出回|問題にな|流した|入れて|貼"
)


@dataclass(frozen=True)
class Asked:
    """What the case should be like: the owner's word for the trade, its industry, the kind of incident."""

    trade: str | None
    industry: str | None
    kind: str | None


def tell(question: Question, library: Library) -> Answer:
    """The nearest case not told yet: industry and kind, then kind, then industry, then any."""
    company = profile.learn(question, library)
    for case in named(question, library, Incident):
        return _tell(question, case, Phrase("case_lead_any"), company=company)
    asked = Asked(
        trade=next(iter(question.words("industry")), None) or company.trade,
        industry=profile.industry_asked(question, library) or company.industry,
        kind=kind_named(question, library) or _kind_described(question, library),
    )
    for nearness, cases in _nearest_first(library, asked):
        fresh = [case for case in cases if case.id not in _told(question)]
        if fresh:
            is_of_trade = nearness == "any" and OF_TRADE.search(question.text)
            lead = Phrase(
                f"case_lead_{'trade_unknown' if is_of_trade else nearness}", {"trade": asked.trade or ""}
            )
            return _tell(question, _smaller_first(fresh, question)[0], lead, company=company)
    return _practice(question, library, asked.industry, company=company)


def _smaller_first(cases: list[Incident], question: Question) -> list[Incident]:
    """Asked for a size, what is surely a large company is told last."""
    if not ASKS_SIZE.search(question.text):
        return cases
    return sorted(cases, key=lambda case: bool(case.size_band or LARGE.search(case.told_as)))


def _kind_described(question: Question, library: Library) -> str | None:
    """The kind of what is said to have happened, in words that name none: 「FAXを間違えて大ごとになった」.

    Playbooks know how owners tell it; of several kinds that one stands for, the likeliest case tells which.
    """
    if not HAPPENED.search(question.text):
        return None
    found = library.search(question.text, kinds=("playbook", "incident"), at_most=AT_MOST)
    cases = [record.incident_kind for record in found if isinstance(record, Incident)]
    told = found[0].incident_kinds if found and isinstance(found[0], Playbook) else cases
    return next((kind for kind in [*cases, *told] if kind in told), None)


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
            return _tell(question, case, Phrase("case_lead_also"))
    return _practice(question, library, last.industry)


def for_measure(library: Library, measure: Measure, industry: str | None) -> list[Incident]:
    """Cases that the measure would have helped in, those of the industry first."""
    cases = sorted(library.every(Incident, measures=measure.id), key=_likest_first)
    return sorted(cases, key=lambda case: case.industry != industry)


def example(question: Question, library: Library, measure: Measure) -> Answer:
    """A case for the measure told last: of the trade asked about or the owner's own where there is one."""
    industry = profile.industry_asked(question, library)
    fresh = [case for case in for_measure(library, measure, industry) if case.id not in _told(question)]
    is_same = bool(fresh) and fresh[0].industry == industry
    if not fresh or (OF_TRADE.search(question.text) and not is_same):
        return tell(question, library)
    return _tell(question, fresh[0], Phrase("case_lead_same_industry" if is_same else "case_lead_any"))


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


def _tell(question: Question, case: Incident, lead: Phrase, **changes: object) -> Answer:
    asks_size = ASKS_SIZE.search(question.text) is not None
    values: dict[str, Value] = {
        "lead": lead,
        "told_as": case.told_as,
        "when": month(case.happened) if case.happened else Phrase("case_when_unknown"),
        "what": case.what,
        "size": _size(case) if asks_size else "",
        "doubt": Phrase("case_doubt") if case.confidence == "low" else "",
        "damage": Phrase("case_damage", {"damage": case.damage}) if case.damage else "",
        "lesson": case.lesson,
        "measure": case.measures[0].split("/")[1] if case.measures else "",
    }
    return answer(question, TOPIC, "case", refs=[case], values=values, **changes)


def _practice(question: Question, library: Library, industry: str | None, **changes: object) -> Answer:
    """With no case left: what a firm of the same industry does about it, as it told the survey."""
    told = _told(question)
    interviews = library.every(Interview, industry=industry) if industry else []
    for interview in interviews:
        if interview.id not in told:
            values: dict[str, Value] = {
                "place": interview.location,
                "trade": interview.trade,
                "what": interview.what,
                "point": interview.points[0],
            }
            return answer(question, TOPIC, "case_practice", refs=[interview], values=values, **changes)
    return answer(question, TOPIC, "case_no_more", refs=[], values={}, **changes)


def _size(case: Incident) -> Phrase:
    """A case whose size nobody published is never called one of the same size."""
    return Phrase("case_size", {"size": case.size_band}) if case.size_band else Phrase("case_size_unknown")


def _nearest_first(library: Library, asked: Asked) -> list[tuple[str, list[Incident]]]:
    """Groups of cases, nearest first, each with how near it is to what was asked."""
    kind, industry = asked.kind, asked.industry
    groups: list[tuple[str, list[Incident]]] = []
    if industry and kind:
        groups.append(("same_both", library.every(Incident, industry=industry, incident_kind=kind)))
    if kind:
        nearness = "same_kind_only" if industry else "same_kind"
        groups.append((nearness, library.every(Incident, incident_kind=kind)))
    if industry:
        cases = library.every(Incident, industry=industry)
        same, near = _by_trade(cases, asked.trade)
        groups += [("same_trade", same), ("near_trade", near)]
        groups.append(("same_industry" if not asked.trade else "same_industry_only", cases))
    if not industry and not kind:
        groups.append(("any", library.every(Incident)))
    return [(nearness, sorted(cases, key=_likest_first)) for nearness, cases in groups]


def _by_trade(cases: list[Incident], trade: str | None) -> tuple[list[Incident], list[Incident]]:
    """Cases of just that trade, and those whose editor called it a near one."""
    if not trade:
        return [], []
    word = normalise(trade)
    same = [case for case in cases if word in normalise(f"{case.trade}{case.told_as}")]
    near = [case for case in cases if word in map(normalise, case.near_trades) and case not in same]
    return same, near


def _likest_first(case: Incident) -> tuple[bool, int, list[int]]:
    """Ordinary firms before those large or public enough to be named; the surer, then the newer first."""
    sure = {"high": 0, "medium": 1, "low": 2}[case.confidence]
    return case.named, sure, [-int(part) for part in (case.happened or "0").split("-")]


def _told(question: Question) -> set[str]:
    return set(question.state.told) if question.state.last and question.state.last.topic == TOPIC else set()


def _last(question: Question, library: Library) -> Incident | None:
    refs = question.state.last.refs if question.state.last else []
    return next((library.get_as(Incident, ref) for ref in refs if ref.startswith("incident/")), None)
