"""Asked in between: whom to tell by when, what not to do, what to keep. The place in the walk stays."""

import re

from advisor.exchange import Answer, Question
from advisor.first_response import tell
from advisor.first_response.led import Led
from advisor.first_response.steps import Part
from knowledge.library import Library

# Words for those who are told, and how the playbooks call them.
WHO = (
    (re.compile(r"国|役所|委員会|届け?出|義務|法律|罰|罪|処分|期限|公表"), re.compile(r"委員会")),
    (re.compile(r"マイナンバー"), re.compile(r"マイナンバー")),
    (re.compile(r"客|本人|会員|患者|利用者|保護者|漏れた(人|相手)|対象者"), re.compile(r"本人|顧客|宛先")),
    (re.compile(r"取引先|得意先|元請|委託元"), re.compile(r"取引先|委託")),
    (re.compile(r"警察|被害届|遺失届"), re.compile(r"警察")),
    (re.compile(r"保険"), re.compile(r"保険")),
)


def duties(question: Question, library: Library) -> Answer:
    """Whom to tell, within what time; a choice says from which page on."""
    led = Led.of(question, library)
    page = next((word for word in question.words("aspect") if word.isdecimal()), "0")
    return tell.page(led, int(page))


def asked(led: Led) -> Answer:
    """The page on which those stand that the question names."""
    pages = [place for place in led.places if place.part is Part.TELL]
    for words, called in WHO:
        if words.search(led.question.text):
            found = (i for i, page in enumerate(pages) if any(called.search(n.who) for n in page.notices))
            return tell.page(led, next(found, 0))
    return tell.page(led, 0)


def cautions(question: Question, library: Library) -> Answer:
    """What not to do and what to keep."""
    return not_to_do(Led.of(question, library))


def not_to_do(led: Led) -> Answer:
    return tell.cautions(led)
