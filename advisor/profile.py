"""Facts about the company, acknowledged; an answer that waited for them is given at once."""

from advisor import company as profile
from advisor import level, subsidy
from advisor.exchange import Answer, Phrase, Question, Value, answer
from advisor.level_asking import REPLIES
from knowledge.library import Library

TOPIC = "profile"
WAITING = {"level": level.advise, "subsidy": subsidy.find}


def waited_for(question: Question, library: Library) -> Answer | None:
    """The answer that waited, where this message replies to what it asked for, or would rather not."""
    waiting = WAITING.get(question.state.awaiting or "")
    if waiting is None:
        return None
    learnt = question.intent in REPLIES and profile.learn(question, library) != question.state.company
    return waiting(question, library) if learnt or level.is_reply(question, library) else None


def note(question: Question, library: Library) -> Answer:
    return waited_for(question, library) or _note(question, library)


def _note(question: Question, library: Library) -> Answer:
    company = profile.learn(question, library)
    described = profile.described(company)
    values: dict[str, Value] = {
        "company": described or "",
        "place": Phrase("profile_place", {"prefecture": company.prefecture}) if company.prefecture else "",
    }
    if company == question.state.company:
        say = "profile_nothing_new" if described else "profile_unclear"
    elif described:
        say = "profile"
    else:
        say = "profile_place_only"
        values["prefecture"] = company.prefecture or ""
    return answer(question, TOPIC, say, values=values, company=company)
