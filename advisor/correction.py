"""「IT導入のほうです」「ランサムじゃなくてフィッシングの」: the last question, for what is meant instead."""

import re
import unicodedata

from advisor import again
from advisor.asked import AT_MOST
from advisor.exchange import Answer
from advisor.incident_case import ASKS_SIZE, others
from advisor.talk import Talk
from knowledge.documents import Measure, Subsidy

# What comes before the thing that is meant: it was said by mistake.
NOT_THAT = re.compile(
    r"^.*(じゃ|では|で|や|じゃあ)(なく|ねく|ねぐ|のう)(って|て|で|、)[、,\s]*"
    r"|^.*(まちが|間違)(え|い)(た|ました|です|でした|ちゃった)?[、,。\s]+"
)
# 「…のほうです」「…のやつ」 at the end says which of several.
THAT = re.compile(r"の(ほう|方|やつ)(です|だ|や|で|ね|だよ|やで|でした)*[。\s]*$")
SHORT = 30
# An answer is wanted without that: 「クラウドは使いたくねんだ」.
UNWANTED = re.compile(r"(使|つか|入れ|やり|し)(い)?た(く|ぐ|う)(な|ね|ありま)")
# Who they are is told, not what is meant.
FACTS = frozenset({"employees", "prefecture", "municipality", "industry"})
HABITS = frozenset({"personal_data", "telework", "byod", "customer_demands"})
KINDS_CORRECTED = {"incident", "subsidy", "procedure", "measure"}
# What the classifier makes of half a sentence.
DISAGREES = {"deny", "complain"}
HEARD_AS = {"ask_term", "inform_company", "ask_details", "ask_others", "nlu_fallback", *DISAGREES}


def corrected(talk: Talk) -> Answer | None:
    """The last question for what is named instead; None where nothing is corrected."""
    question = talk.question
    if talk.kind not in KINDS_CORRECTED or question.intent not in HEARD_AS or _is_of_company(talk):
        return None
    meant = _meant(question.text)
    if talk.kind == "measure":
        return _other_way(talk) if meant or UNWANTED.search(question.text) else None
    if not meant:
        return None
    return _case(talk, meant) if talk.kind == "incident" else _scheme(talk, meant)


def _is_of_company(talk: Talk) -> bool:
    return bool((FACTS | HABITS) & talk.question.entities.keys())


def _meant(text: str) -> str:
    """What is said to be meant; empty when the message corrects nothing."""
    plain = unicodedata.normalize("NFKC", text)
    is_correction = NOT_THAT.search(plain) or THAT.search(plain)
    return THAT.sub("", NOT_THAT.sub("", plain)) if is_correction and len(plain) <= SHORT else ""


def _case(talk: Talk, meant: str) -> Answer | None:
    """A case of the kind named instead, or of another size."""
    if ASKS_SIZE.search(meant):
        return others(talk.continuing, talk.library)
    words = [word for kind in ("incident_kind", "term") for word in talk.question.words(kind)]
    word = next((word for word in reversed(words) if word in meant), meant)
    kind = talk.library.meaning("incident_kind", word)
    if kind is None:
        return None
    named = frozenset({"incident", "incident_kind", "term"})
    return again.asked_again(talk.again(without=again.OF_COMPANY | named, incident_kind=word), talk.library)


def _scheme(talk: Talk, meant: str) -> Answer | None:
    """The same of the scheme that is meant."""
    found = talk.library.search(meant, kinds=("subsidy",), at_most=AT_MOST)
    scheme = next((one for one in found if isinstance(one, Subsidy) and one != talk.subsidy), None)
    if scheme is None:
        return None
    intent = "ask_subsidy_procedure" if talk.kind == "procedure" else "ask_subsidy"
    return again.asked_again(talk.choosing(intent, subsidy=scheme.slug), talk.library)


def _other_way(talk: Talk) -> Answer | None:
    """What is named is a way of doing what was told; a measure of its own is left to its topic."""
    if talk.question.intent in DISAGREES:
        return None
    named = [talk.library.meaning("measure", word) for word in talk.question.words(Measure.kind)]
    if any(ref and ref not in talk.before.refs for ref in named):
        return None
    return again.by_name(talk)
