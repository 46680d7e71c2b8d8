"""Owners who doubt that it concerns them, and those whose customers ask: answered kindly, never blaming."""

import re

from advisor.exchange import Answer, Phrase, Value
from advisor.level_asking import DEMANDS, PERSONAL
from advisor.level_case import Case
from advisor.level_figures import hit, spoken
from advisor.level_step import STANDARD, step_of
from advisor.state import Company
from knowledge.documents import Measure, Record, Scheme, Term

STEPPING_STONE = "term/stepping-stone"
LAW = "term/personal-information-protection-act"
ASKS_PENALTY = re.compile(r"罰|違反")
STAR, STARS = "scheme/scs-3", "scheme/scs"
TOP = 4
NAMES_A_STAR = re.compile(r"[★☆星]|ほし|SCS")
NAMES_A_CERTIFICATE = re.compile(r"ISMS|Pマーク|認証|27001")
SAYS_PERSONAL = re.compile(r"個人|こじん|顧客|名簿|お?客")
WHEN_PEOPLE_JOIN = ("measure/organization", "measure/internal-rules")


def not_targeted(case: Case) -> Answer:
    """「小さいから狙われない」: how many of those hit were small firms, as one source counted them."""
    everyone, small, why = hit(case.library)
    first = case.first[0]
    values: dict[str, Value] = {
        "survey": everyone.survey,
        "year": everyone.survey_year or "",
        "all": spoken(everyone),
        "small": spoken(small),
        "short": first.short_step,
        "first_measure": first.slug,
    }
    return case.answer("level_not_targeted", [case.judgement.level, everyone, small, why, first], values)


def duty(case: Case) -> Answer:
    """「義務じゃないんでしょ」: whom the law on personal data binds; a penalty is nothing we know of."""
    values: dict[str, Value] = {
        "penalty": Phrase("level_penalty") if ASKS_PENALTY.search(case.question.text) else "",
        "known": Phrase("level_for", {"company": case.known}) if case.known else "",
        "level": case.judgement.level.title,
        "first_measure": case.first[0].slug,
    }
    refs: list[Record] = [case.judgement.level, case.library.get_as(Term, LAW)]
    return case.answer("level_duty", refs, values)


def no_data(case: Case) -> Answer:
    """「個人情報は扱ってない」: what there is to guard all the same, and whether there is not a little."""
    asks = case.asks_for(PERSONAL)
    case = case.of(_believing(case))
    values: dict[str, Value] = {
        "known": Phrase("level_for", {"company": case.known}) if case.known else "",
        "level": case.judgement.level.title,
        "first_measure": case.first[0].slug,
    }
    refs: list[Record] = [case.judgement.level, case.library.get_as(Term, STEPPING_STONE)]
    said = Phrase("level_ask_memo") if asks else ""
    return case.answer("level_no_data", refs, values | {"memo": said}, asks=asks)


def _believing(case: Case) -> Company:
    """The company as the owner says it is: without personal data, where that is what was said."""
    if case.company.handles_personal_data is None and SAYS_PERSONAL.search(case.question.text):
        return case.company.model_copy(update={"handles_personal_data": False})
    return case.company


def customer(case: Case) -> Answer:
    """What to show a customer, and whether a star is needed: only where one asks for it."""
    shown = step_of(case.library, max(case.judgement.level.step, STANDARD))
    about, stands_on = _about(case)
    values: dict[str, Value] = {"about": about, "level": shown.title, "plain": shown.plain}
    asks = case.asks_for(DEMANDS)
    return case.answer("level_customer", [shown, *stands_on], values, asks=asks)


def _about(case: Case) -> tuple[Phrase, list[Record]]:
    """The star or the certificate the owner speaks of, as it stands today."""
    if NAMES_A_STAR.search(case.question.text):
        star = case.library.get_as(Scheme, STAR)
        standing: dict[str, Value] = {"standing": star.standing}
        about = Phrase("level_star_demanded" if case.company.customer_demands else "level_star", standing)
        return about, [star, case.library.get_as(Scheme, STARS)]
    if NAMES_A_CERTIFICATE.search(case.question.text):
        return Phrase("level_certificate"), [step_of(case.library, TOP)]
    return Phrase("level_shown"), []


def size(case: Case) -> Answer:
    """No source draws a line by headcount; what counts, and what helps when people join."""
    level = case.judgement.level
    helpful = [case.library.get_as(Measure, ref) for ref in WHEN_PEOPLE_JOIN]
    values: dict[str, Value] = {
        "known": Phrase("level_for", {"company": case.known}) if case.known else "",
        "level": level.title,
        "lines": [Phrase("bullet", {"text": one.short_step}) for one in helpful],
        "first_measure": helpful[0].slug,
    }
    return case.answer("level_size", [level, *helpful], values)


def why(case: Case) -> Answer:
    """For whom the step is, what it holds, and on what documents it stands."""
    level = case.judgement.level
    values: dict[str, Value] = {
        "why": case.judgement.why or "",
        "level": level.title,
        "target": level.target,
        "plain": level.plain,
        "evidence": level.evidence,
        "first_measure": case.first[0].slug,
    }
    return case.answer("level_why", [level], values)
