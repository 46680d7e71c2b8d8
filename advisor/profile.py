"""Facts about the company, acknowledged; an answer that waited for them is given at once.

Every turn goes through ``heard`` and ``kept``, whatever it asks: a fact said beside a question is
learnt, repeated back and used from then on.
"""

import re
from dataclasses import replace

from advisor import company as profile
from advisor import level, privacy, subsidy
from advisor.bare import asks_for_another_trade
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.level_asking import ASKS, REFUSES, REPLIES, WARY
from advisor.places import Place, place_of, place_told, settled
from advisor.reading import label
from advisor.state import Company, Unclear
from knowledge.library import Library

TOPIC = "profile"
INTENT = "inform_company"
WAITING = {"level": level.advise, "subsidy": subsidy.find}
# Questions whose answer depends on where the company is.
PLACED = {"inform_company": TOPIC, "ask_level": "level", "ask_subsidy": "subsidy", "nlu_fallback": TOPIC}
# They repeat what was learnt in their own words, or leave no room for it.
WITHOUT_ACK = {TOPIC, "level", "privacy", "incident_response", "human"}
AT_ONCE = 3
SHORT = 24
# 「個人情報なんて扱ってないから関係ないでしょ」
DOUBTS = re.compile(
    r"関係な|関係あらへん|関係なか|狙わ|ねらわ|(必要|要ら|いら)(ない|ん|へん)(でしょ|だろ|やろ|よね|と思)|平気"
)
WHICH = {1: "place_or_name", 2: "which_of_two_places", 3: "which_of_many_places"}


def heard(question: Question, library: Library) -> Answer | None:
    """What comes before any topic: what was asked back, what is remembered, which place is meant."""
    if question.state.unclear and settled(question, library):
        return waited_for(question, library) or _note(question, library)
    return privacy.of_company(question) or _which_place(question, library) or waited_for(question, library)


def kept(said: Answer, question: Question, library: Library) -> Answer:
    """The answer, with what the message told of the company remembered and repeated back."""
    before, now = question.state.company, profile.learn(question, library)
    if said.say in privacy.OF_THE_COMPANY or asks_for_another_trade(question):
        return said
    if said.state.company == before != now:
        said = replace(said, state=said.state.model_copy(update={"company": now}))
    if said.topic in WITHOUT_ACK or {"ack", "company"} & said.values.keys() or not profile.states(question):
        return said
    return replace(said, ack=profile.acknowledged(before, now))


def waited_for(question: Question, library: Library) -> Answer | None:
    """The answer that waited, where this message replies to what it asked for, or would rather not."""
    waiting = WAITING.get(question.state.awaiting or "")
    if waiting is None:
        return None
    learnt = question.intent in REPLIES and profile.learn(question, library) != question.state.company
    is_settled = question.state.unclear is not None and settled(question, library) is not None
    replies = learnt or is_settled or level.is_reply(question, library) or _refuses(question)
    return waiting(question, library) if replies else None


def _refuses(question: Question) -> bool:
    """「それは言いたくない」: the answer is given with what is known, and nothing is asked again."""
    is_short = len(question.text) <= SHORT
    is_asking = question.intent in WARY and ASKS.search(question.text)
    may_refuse = question.intent in REPLIES | WARY and not is_asking
    return may_refuse and is_short and REFUSES.search(question.text) is not None


def note(question: Question, library: Library) -> Answer:
    """What was told is noted; told as a reason why nothing is needed, the doubt is answered."""
    doubts = DOUBTS.search(question.text) is not None
    return heard(question, library) or (level.advise if doubts else _note)(question, library)


def _note(question: Question, library: Library) -> Answer:
    """What was told, in one sentence; what is missing for good advice is asked for once."""
    company = profile.learn(question, library)
    learnt = profile.news(question.state.company, company)
    described = profile.described(company)
    habits = profile.habits(company, learnt)
    values: dict[str, Value] = {
        "company": described or "",
        "place": Phrase("profile_place", {"prefecture": company.prefecture}) if company.prefecture else "",
        "prefecture": company.prefecture or "",
        "habits": habits or "",
        "also": Phrase("profile_also", {"habits": habits}) if habits else "",
    }
    say = _wording(learnt, company, described is not None, is_asked="industry" in question.state.asked)
    asked = question.state.asked
    if say in ("profile_place_only", "profile_unclear"):
        asked = [*dict.fromkeys([*asked, "industry", "employees"])]
    return answer(question, TOPIC, say, values=values, company=company, asked=asked)


def _wording(learnt: list[str], company: Company, is_described: bool, *, is_asked: bool) -> str:
    if not learnt:
        if is_described:
            return "profile_nothing_new"
        return "profile_unclear_again" if is_asked else "profile_unclear"
    if not {*learnt} - {*profile.YES_OR_NO.values()}:
        return "profile_habits"
    if is_described:
        return "profile"
    return "profile_place" if is_asked else "profile_place_only"


def _which_place(question: Question, library: Library) -> Answer | None:
    """「東京都の府中市と、広島県の府中市のどちらですか」: nothing is stored until that is clear."""
    topic = PLACED.get(question.intent)
    unclear = place_told(question, library) if topic else None
    if not isinstance(unclear, Unclear):
        return None
    company = profile.learn(question, library)
    values: dict[str, Value] = {"ack": profile.acknowledged(question.state.company, company)}
    for number, meaning in enumerate(unclear.among[:AT_ONCE], start=1):
        place = place_of(meaning)
        values |= {
            f"label_{number}": label(meaning),
            f"value_{number}": meaning,
            f"kind_{number}": "municipality" if place.municipality else "prefecture",
            f"place_{number}": _in_words(place),
        }
    say = WHICH[min(len(unclear.among), AT_ONCE)]
    awaiting = topic if topic in WAITING else question.state.awaiting
    return answer(question, TOPIC, say, values=values, company=company, unclear=unclear, awaiting=awaiting)


def _in_words(place: Place) -> Value:
    """「東京都の府中市」."""
    if place.municipality is None:
        return place.prefecture
    return Phrase("town_in", {"prefecture": place.prefecture, "town": place.municipality})
