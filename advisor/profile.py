"""Facts about the company, acknowledged; an answer that waited for them is given at once."""

from advisor import company as profile
from advisor import level, subsidy
from advisor.exchange import Answer, Phrase, Question, Value, answer
from knowledge.library import Library

TOPIC = "profile"
WAITING = {"level": level.advise, "subsidy": subsidy.find}


def note(question: Question, library: Library) -> Answer:
    waiting = WAITING.get(question.state.awaiting or "")
    company = profile.learn(question, library)
    if waiting and company != question.state.company:
        return waiting(question, library)
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
