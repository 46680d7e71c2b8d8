"""The company profile: what an owner says of their firm, kept and corrected as they speak."""

import re

from advisor.asked import named
from advisor.exchange import Phrase, Question, Value
from advisor.state import Company
from knowledge.documents import Procedure, Record, Scheme
from knowledge.library import Library

# Intents in which a trade or a place named is the owner's own unless they say otherwise.
OF_THEMSELVES = {"inform_company", "ask_level", "ask_subsidy", "ask_assessment", "ask_subsidy_procedure"}
SAYS_WE = re.compile(
    r"うち|ウチ|当社|弊社|我が社|わが社|わたしら|私ども|当店|当館|当院|当方|やって(い|お|る|ま)|営ん|経営"
)

READY_KINDS: tuple[type[Record], ...] = (Procedure, Scheme)
HAS = re.compile(
    r"持って(る|い|ます|お)|取得済|取った|取りました|取ってあ|済み|済んで|宣言し(た|て|ました)|あります"
)
HAS_NOT = re.compile(r"持ってな|持っていな|持ってませ|取ってな|まだ|ない|ですか|ますか|[?？]")


def learn(question: Question, library: Library) -> Company:
    """The company as known after this message; what is not mentioned stays as it was."""
    company = question.state.company
    found: dict[str, object] = {}
    employees = question.words("employees")
    if employees:
        found["employees"] = int(employees[-1])
    if question.intent in OF_THEMSELVES or SAYS_WE.search(question.text):
        found |= _trade(question, library) | _place(question, library)
    ready = [ref for ref in _had(question, library) if ref not in company.ready]
    return company.model_copy(update={**found, "ready": [*company.ready, *ready]})


def _had(question: Question, library: Library) -> list[str]:
    """What an application needs and the owner says they have: 「GビズIDはもう取りました」."""
    if not HAS.search(question.text) or HAS_NOT.search(question.text):
        return []
    return [record.id for record in named(question, library, *READY_KINDS)]


def industry_asked(question: Question, library: Library) -> str | None:
    """The industry the question is about: the one named in it, otherwise the company's own."""
    return _trade(question, library).get("industry") or question.state.company.industry


def _trade(question: Question, library: Library) -> dict[str, str | None]:
    for word in question.words("industry"):
        industry = library.meaning("industry", word)
        if industry:
            return {"industry": industry, "trade": word}
    return {}


def _place(question: Question, library: Library) -> dict[str, str | None]:
    for word in question.words("municipality"):
        place = library.meaning("municipality", word)
        prefecture = place and next(
            (p for p in library.words("prefecture").values() if place.startswith(p)), None
        )
        if place and prefecture:
            return {"prefecture": prefecture, "municipality": place.removeprefix(prefecture)}
    for word in question.words("prefecture"):
        prefecture = library.meaning("prefecture", word)
        if prefecture:
            return {"prefecture": prefecture, "municipality": None}
    return {}


def described(company: Company) -> Phrase | None:
    """「12名の旅館さん」; nothing when neither trade nor size is known."""
    values: dict[str, Value] = {}
    if company.employees is not None:
        values["employees"] = company.employees
    if company.trade and not company.trade.endswith("業"):
        values["trade"] = company.trade
    elif company.industry:
        values["industry"] = company.industry
    return Phrase("_".join(["company", *values]), values) if values else None


def acknowledged(before: Company, now: Company) -> Phrase | str:
    """The sentence that repeats what was just learnt, empty when nothing was."""
    if before == now.model_copy(update={"ready": before.ready}):
        return ""
    company = described(now)
    if now.prefecture and now.prefecture != before.prefecture:
        place: dict[str, Value] = {"prefecture": now.prefecture}
        return Phrase("ack_placed", place | {"company": company}) if company else Phrase("ack_place", place)
    return Phrase("ack", {"company": company}) if company else ""
