"""How to apply: steps counted back from the deadline, papers, why applications fail, where free help is."""

import re
from dataclasses import replace
from datetime import date, timedelta

from advisor import company as profile
from advisor import term
from advisor.asked import CHOSEN, likeliest, named, told_last
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.reading import circled, day, within
from advisor.state import Company
from advisor.subsidy_match import Wish, matches
from advisor.windows import Standing, days_left, deadline, left, pays, standing, to_save
from knowledge.documents import Procedure, Record, Subsidy, Term
from knowledge.documents.procedure import Step
from knowledge.library import Library
from knowledge.words import normalise

TOPIC = "subsidy_procedure"
GENERIC = "procedure/generic"
OF_APPLYING = ("procedure/", "subsidy/")
STEPS_AT_ONCE = 3
ROOM = 190
LONGEST_CLOSING = 80

WHY_NOT = re.compile(
    r"落ち|おち(た|る)|不採択|却下|通らな|通りま|はねられ|差し戻|失敗|理由|対象外になる|もらえな"
)
PAPERS = re.compile(r"書類|証明書|納税|登記|決算書|何が(要|い)る|必要なもの|要るもの|用意|添付")
HELP = re.compile(
    r"代行|手伝|誰に|だれに|どこに(聞|相談|頼)|頼め|任せ|相談でき|教えてくれる|サポート|商工会|窓口"
)
SCAM = re.compile(r"必ず通|絶対通|実質無料|成功報酬|怪しい|あやしい|詐欺|勧誘|営業.*(電話|来)|キックバック")
OWN_NAME = re.compile(r"個人")
MEMBERS = re.compile(r"会員|組合|団体|事務局|協会|仲間|みんな|まとめて|共同")
# The way from the first step to the last, or all that is handed in: more than what one word means.
WHOLE = re.compile(
    r"流れ|手順|段取|進め方|やり方|仕方|順番|何から|入金|から.{1,8}まで|必要(な)?書類|書類(は|を|って|の一覧|一式)|何が(要|い)る"
)
BY_TEXT = (
    (SCAM, "procedure/scam-warnings"),
    (WHY_NOT, "procedure/rejection-reasons"),
    (HELP, "procedure/where-to-ask"),
)


def explain(question: Question, library: Library) -> Answer:
    """What is asked of applying: a preparation, papers, reasons, help, or the steps of a scheme."""
    company = profile.learn(question, library)
    found = _meant(question, library)
    scheme = _scheme(question, library, found)
    had = [library.get(ref) for ref in company.ready if ref not in question.state.company.ready]
    if had:
        return _noted(question, had, company=company)
    bare = not scheme and all(procedure.id == GENERIC for procedure in found[:1])
    word = _word(question, library) if bare else None
    if word:
        return term.tell(question, word, topic=TOPIC, company=company)
    if not found and not scheme and _is_of_another_desk(question, library):
        return answer(question, "unknown", "outside", company=company)
    return _told(question, library, scheme, found, company=company)


def _told(
    question: Question,
    library: Library,
    scheme: Subsidy | None,
    found: list[Procedure],
    *,
    company: Company,
) -> Answer:
    """Papers, a preparation, a list or steps, whichever the question and what was found call for."""
    if question.words("aspect") == ["papers"] or (PAPERS.search(question.text) and _is_flow(found)):
        return _papers(question, library, scheme, found, company=company)
    if found and found[0].about == "preparation" and not question.words("aspect"):
        return _preparation(question, library, found[0], company=company)
    if not _is_flow(found):
        return _list(question, found[0], start=_start(question), company=company)
    flow = _flow(library, scheme, found)
    return _steps(question, flow, scheme, start=_start(question), company=company)


def _meant(question: Question, library: Library) -> list[Procedure]:
    """What is named, the likeliest first, else the side of applying asked for, else what comes nearest.

    Nothing when a scheme that pays is named: its own steps are meant.
    """
    found = named(question, library, Procedure)
    if question.text.startswith(CHOSEN):
        return [] if named(question, library, Subsidy) else found
    if any(map(pays, named(question, library, Subsidy))):
        return []
    sides = [library.get_as(Procedure, ref) for pattern, ref in BY_TEXT if pattern.search(question.text)]
    if sides and all(procedure.id == GENERIC for procedure in found):
        return sides
    likely = [
        one for one in likeliest(question, library, Procedure) if one in found or _is_for(question, one)
    ]
    return [*(one for one in likely if one in found), *likely[:1], *found]


def _is_for(question: Question, procedure: Procedure) -> bool:
    """What associations do for their members isn't told to a firm that speaks of none."""
    return procedure.about != "association" or MEMBERS.search(question.text) is not None


def _word(question: Question, library: Library) -> Term | None:
    """The word of applying that is asked about, when the whole way isn't: 「相見積もりは何社」."""
    if WHOLE.search(question.text):
        return None
    terms = named(question, library, Term)
    return next((one for one in terms if any(ref.startswith(OF_APPLYING) for ref in one.related)), None)


def _is_flow(found: list[Procedure]) -> bool:
    return not found or found[0].about == "flow"


def _is_of_another_desk(question: Question, library: Library) -> bool:
    """Papers, deadlines and numbers are asked for of other matters too (確定申告, インボイス)."""
    said = normalise(question.text)
    return any(word in said for word in library.words("outside"))


def details(question: Question, library: Library) -> Answer:
    """What comes next of what was told last, or another side of it that is asked about."""
    if any(pattern.search(question.text) for pattern in (PAPERS, *(pattern for pattern, _ in BY_TEXT))):
        return explain(question, library)
    for procedure in told_last(question, library, Procedure):
        if procedure.about == "flow":
            schemes = told_last(question, library, Subsidy)
            scheme = schemes[0] if schemes else None
            return _steps(question, procedure, scheme, start=STEPS_AT_ONCE, company=question.state.company)
        start = 0 if procedure.about == "preparation" else STEPS_AT_ONCE
        return _list(question, procedure, start=start, company=question.state.company)
    return explain(question, library)


def others(question: Question, library: Library) -> Answer:
    """Another side of applying: reasons, help, warnings, then the steps again."""
    told = set(question.state.told)
    for ref in ("procedure/rejection-reasons", "procedure/where-to-ask", "procedure/scam-warnings"):
        if ref not in told:
            return _list(question, library.get_as(Procedure, ref), company=question.state.company)
    flow = library.get_as(Procedure, GENERIC)
    return _steps(question, flow, None, start=0, company=question.state.company)


def _scheme(question: Question, library: Library, found: list[Procedure]) -> Subsidy | None:
    """The scheme named, or the one told last when the talk was of schemes.

    A service or a preparation that pays nothing isn't applied for where a procedure of its own is meant.
    """
    schemes = [*named(question, library, Subsidy), *told_last(question, library, Subsidy)]
    is_other = bool(found) and found[0].id != GENERIC
    return next((scheme for scheme in schemes if pays(scheme) or not is_other), None)


def _flow(library: Library, scheme: Subsidy | None, found: list[Procedure]) -> Procedure:
    """The steps meant, or the scheme's own; otherwise those that hold for nearly all."""
    flows = [procedure for procedure in found if procedure.about == "flow" and procedure.id != GENERIC]
    if scheme:
        flows += [p for p in library.every(Procedure, about="flow") if scheme.id in p.subsidies]
    return flows[0] if flows else library.get_as(Procedure, GENERIC)


def _start(question: Question) -> int:
    aspect = next(iter(question.words("aspect")), "")
    return int(aspect) if aspect.isdecimal() else 0


def _steps(
    question: Question, flow: Procedure, scheme: Subsidy | None, *, start: int, company: Company
) -> Answer:
    now = standing(scheme, on=question.today) if scheme else None
    start = start if start < len(flow.steps) else 0
    told, calculated = list[Phrase](), dict[str, int]()
    for place, step in enumerate(flow.steps[start : start + STEPS_AT_ONCE], start):
        when, days = _when(step, now, question)
        told.append(Phrase("step_when", {"number": circled(place), "text": step.do, "when": when}))
        calculated |= days
    more = start + STEPS_AT_ONCE
    values: dict[str, Value] = {
        "title": flow.title,
        "steps": told,
        "deadline": Phrase("own_line", {"text": deadline(scheme, question.today)}) if scheme else "",
        "procedure": flow.slug,
        "subsidy": scheme.slug if scheme else "",
        "more": str(more) if more < len(flow.steps) else "",
        "tip": _closing(flow) if more >= len(flow.steps) else "",
    }
    if scheme:
        calculated |= days_left(scheme, question.today)
    refs: list[Record] = [flow, *([scheme] if scheme else [])]
    said = answer(question, TOPIC, "procedure_steps", refs=refs, values=values, company=company)
    dates = to_save(scheme, question.today) if scheme else None
    return replace(said, calculated=calculated, papers=[dates] if dates else [])


def _closing(flow: Procedure) -> Phrase | str:
    """What to beware of, said after the last step."""
    said = [text for text in (flow.caution, *flow.tips) if text and len(text) <= LONGEST_CLOSING]
    return Phrase("own_line", {"text": said[0]}) if said else ""


def _when(step: Step, now: Standing | None, question: Question) -> tuple[Phrase | str, dict[str, int]]:
    """By when, counted back from the deadline where that is known; what has passed is said to have."""
    last_day = now.last_day if now else None
    by = step.by
    if by is None and step.days_before is not None and last_day:
        by = last_day - timedelta(days=step.days_before)
    if by is None:
        return (Phrase("step_takes", {"takes": step.takes}) if step.takes else "", {})
    if by < question.today:
        return Phrase("step_gate_passed" if step.is_gate else "step_passed", {"by": day(by)}), _days(by, by)
    return (
        Phrase("step_by", {"by": day(by), "left": left(by, question.today)}),
        {f"days to {by}": (by - question.today).days} | _days(by, by),
    )


def _days(*days: object) -> dict[str, int]:
    return {f"{d} {part}": getattr(d, part) for d in days for part in ("month", "day")}


def _preparation(question: Question, library: Library, procedure: Procedure, *, company: Company) -> Answer:
    """Something to be had first: how long each way takes, and whether that is still in time."""
    scheme = _scheme(question, library, [procedure]) or _most_urgent(question, library, procedure, company)
    last_day = standing(scheme, on=question.today).last_day if scheme else None
    lines, late, calculated = list[Phrase](), list[Phrase](), dict[str, int]()
    for route in procedure.routes:
        lines.append(Phrase("route", {"name": route.name, "takes": route.takes}))
        if last_day and route.at_most_days and (last_day - question.today).days < route.at_most_days:
            told: dict[str, Value] = {"name": route.name, "left": left(last_day, question.today)}
            late.append(Phrase("route_late", told))
            calculated["days to the nearest deadline"] = (last_day - question.today).days
    needs = [Phrase("bullet", {"text": text}) for text in procedure.needs[: 3 if lines else 4]]
    steps = [Phrase("bullet", {"text": step.do}) for step in procedure.steps[:3]]
    values: dict[str, Value] = {
        "title": procedure.title,
        "plain": procedure.plain,
        "routes": Phrase("own_lines", {"lines": lines}) if lines else "",
        "late": Phrase("own_lines", {"lines": late[:1]}) if late else "",
        "needs": Phrase("preparation_needs", {"needs": needs}) if needs and not late else "",
        "steps": Phrase("own_lines", {"lines": steps}) if steps and not needs else "",
        "procedure": procedure.slug,
    }
    refs: list[Record] = [procedure, *([scheme] if late and scheme else [])]
    said = answer(question, TOPIC, "procedure_preparation", refs=refs, values=values, company=company)
    return replace(said, calculated=calculated)


def _most_urgent(
    question: Question, library: Library, procedure: Procedure, company: Company
) -> Subsidy | None:
    """Of the schemes that fit and need it, the one whose last day is nearest."""
    fitting = matches(library, company, Wish(), on=question.today)
    needing = [m for m in fitting if procedure.id in m.subsidy.needs and m.standing.last_day]
    urgent = min(needing, key=lambda match: match.standing.last_day or date.max, default=None)
    return urgent.subsidy if urgent else None


def _noted(question: Question, had: list[Record], *, company: Company) -> Answer:
    """What the owner has already is kept in mind and not asked for again."""
    names = "、".join(record.title for record in had)
    return answer(question, TOPIC, "procedure_noted", refs=[*had], values={"names": names}, company=company)


def _papers(
    question: Question,
    library: Library,
    scheme: Subsidy | None,
    found: list[Procedure],
    *,
    company: Company,
) -> Answer:
    flow = _flow(library, scheme, found)
    groups = flow.papers or library.get_as(Procedure, GENERIC).papers
    alone = (
        [group for group in groups if OWN_NAME.search(group.who)] if OWN_NAME.search(question.text) else []
    )
    items = [paper for group in (alone or groups)[:1] for paper in group.items]
    if scheme and not flow.papers:
        items = scheme.documents
    refs: list[Record] = [flow, *([scheme] if scheme else [])]
    values: dict[str, Value] = {
        "title": (scheme or flow).title,
        "papers": within([(Phrase("bullet", {"text": item}), len(item) + 2) for item in items], ROOM),
        "subsidy": scheme.slug if scheme else "",
    }
    say = "procedure_papers" if items else "procedure_papers_unknown"
    return answer(question, TOPIC, say, refs=refs, values=values, company=company)


def _list(question: Question, procedure: Procedure, *, company: Company, start: int = 0) -> Answer:
    """Reasons, desks, tips or errors: as many as a phone takes in, from a place on."""
    lines = _said(procedure)
    shown = within(lines[start:] or lines, ROOM, STEPS_AT_ONCE)
    values: dict[str, Value] = {
        "title": procedure.title,
        "plain": procedure.plain,
        "lines": shown,
        "procedure": procedure.slug,
        "more": str(start + len(shown)) if start + len(shown) < len(lines) else "",
    }
    return answer(question, TOPIC, "procedure_list", refs=[procedure], values=values, company=company)


def _said(procedure: Procedure) -> list[tuple[Phrase, int]]:
    """Each line with about how long it is."""
    rejections = [
        (Phrase("rejection", {"reason": r.reason, "avoid": r.avoid}), len(r.reason + r.avoid) + 8)
        for r in procedure.rejections
    ]
    desks = [
        (Phrase("desk", {"who": d.who, "for": d.use_for, "fee": d.fee}), len(d.who + d.use_for + d.fee) + 8)
        for d in procedure.desks
    ]
    texts = [*procedure.common_errors, *procedure.tips, *(step.do for step in procedure.steps)]
    return rejections + desks + [(Phrase("bullet", {"text": text}), len(text) + 2) for text in texts]
