"""What the level advice asks for: two short questions at most in a whole conversation, none of them twice."""

import re
import unicodedata

from advisor.exchange import Phrase, Question
from advisor.state import Company, State
from knowledge.vocabulary import industry

TOPIC = "level"
# Trades that work for other firms: there a customer's demand decides the step.
WORKS_FOR_FIRMS = {"建設業", "製造業", "情報通信業", "運輸業、郵便業", "卸売業"}
WHO, DEMANDS, PERSONAL = "industry", "customer_demands", "handles_personal_data"
FACTS = {WHO: [WHO, "employees"], DEMANDS: [DEMANDS], PERSONAL: [PERSONAL]}
AT_MOST = 2
# Intents that a reply may be taken for; a new question of any other is answered as such.
REPLIES = {
    "inform_company",
    "affirm",
    "deny",
    "ask_details",
    "ask_outside",
    "nlu_fallback",
    "make_small_talk",
    "complain",
}
# 「人数は言わんでもええやろ」 is taken for a question about what is kept.
WARY = {"ask_privacy"}
NEVER = {"report_incident", "request_human"}
OF_A_COMPANY = {
    "industry",
    "employees",
    "prefecture",
    "municipality",
    "personal_data",
    "telework",
    "byod",
    "customer_demands",
}
SHORT, SHORTEST = 24, 10
ASKS = re.compile(r"[?]|か[。]?$|教えて|知りたい|ください")
REFUSES = re.compile(
    r"(言|答え|教え|話し|明かし)(い?た(く(な|あ)|な)|えな|われな|えへん|えん|わん|わへん|られ(な|へ)|とうな)"
    r"|勘弁|言わん|言わへん|教えん|一般論|一般的な|わから|分から|わかん|分かん|知ら(ん|な|ぬ)|しら(ん|な)|秘密|ひみつ|内緒|ないしょ|ノーコメント|パス|聞かんと|控え(たい|させ|ます)"
)
DEMANDED = re.compile(r"求められ|言われ|いわれ|要求|頼まれ|来て|来た|届い|もらっ|チェック|迫られ")
DENIED = re.compile(r"[^、。け]{0,10}(な[いかし]|ませ|へん|とら?ん)")
KEEPS = re.compile(
    r"(電話番号|連絡先|住所|名簿|予約|会員|カルテ|顧客|名刺|お客|名前|メアド|アドレス).{0,14}"
    r"(メモ|控え|書|ある|あり|持って|預か|残して|聞い|取って|とって|扱)"
)
YES = re.compile(
    r"^(はい|うん|ええ[、。えよ]|そう|せや|ある|あります|あるよ|おる|時々|たまに|少し|一応|まあ)|あります[。よね]*$"
)
SAYS_YES = re.compile(
    r"(あります|ある|おる|します|して(い?る|い?ます|おり?ます)|しとる|しとう)(よ|で|わ|ね|けど)*[。]?$"
)
NO = re.compile(r"ない|なし|ありませ|ありゃせん|あらへん|いいえ|いえ|いや|ううん|いーえ|特に|とくに|まだ")


def missing(company: Company, state: State) -> str | None:
    """The fact worth asking for now; None when it is known, was asked for, or two questions were put."""
    return next((fact for fact in _wanted(company) if may_ask(fact, company, state)), None)


def may_ask(fact: str, company: Company, state: State) -> bool:
    """Not known yet, not asked for before, and fewer than two questions put."""
    put = [one for one, names in FACTS.items() if set(names) & set(state.asked)]
    return getattr(company, fact) is None and fact not in put and len(put) < AT_MOST


def _wanted(company: Company) -> list[str]:
    if company.industry is None:
        return [WHO]
    if company.industry in WORKS_FOR_FIRMS:
        return [DEMANDS]
    return [] if industry(company.industry).holds else [PERSONAL]


def wording(fact: str | None, company: Company) -> Phrase | str:
    """The question for a fact, as short as it can be."""
    if fact == WHO:
        return Phrase("level_ask_trade") if company.employees is not None else Phrase("level_ask_company")
    if fact == DEMANDS:
        return Phrase("level_ask_demands")
    return Phrase("level_ask_personal") if fact == PERSONAL else ""


def asked_now(state: State, fact: str | None) -> dict[str, object]:
    """What to remember of having asked: the question is open, and is never put again."""
    if fact is None:
        return {"awaiting": None}
    return {"awaiting": TOPIC, "asked": [*state.asked, *(f for f in FACTS[fact] if f not in state.asked)]}


def refused(question: Question) -> bool:
    """The owner would rather not say, or does not know."""
    if question.state.awaiting != TOPIC or not _may_reply(question, REFUSES):
        return False
    text = _plain(question)
    if question.intent == "deny" and not REFUSES.search(text):
        return _open_fact(question.state) == WHO
    # 「②がわからない」 is no refusal
    return REFUSES.search(text) is not None and not re.search(r"[①-⑨\d]", text)


def none_left(state: State) -> list[str]:
    """Every fact counts as asked for once an owner would not say one."""
    return [*dict.fromkeys([*state.asked, *(fact for facts in FACTS.values() for fact in facts)])]


def replied(question: Question) -> dict[str, bool]:
    """The fact that a plain yes, no or a few words settle, while its question is open."""
    fact = _open_fact(question.state)
    if question.state.awaiting != TOPIC or fact in (None, WHO) or refused(question):
        return {}
    says_so = KEEPS if fact == PERSONAL else DEMANDED
    yes = _yes(question, says_so) if _may_reply(question, says_so) else None
    return {} if yes is None else {str(fact): yes}


def _open_fact(state: State) -> str | None:
    """The one whose question was put last."""
    put = reversed(state.asked)
    return next((fact for name in put for fact, names in FACTS.items() if name in names), None)


def _may_reply(question: Question, says_so: re.Pattern[str]) -> bool:
    """A few words that are no question of their own; taken for another topic, they must say it plainly."""
    text = _plain(question)
    if question.intent in REPLIES:
        return True
    if question.intent in NEVER or question.entities.keys() - OF_A_COMPANY or ASKS.search(text):
        return False
    is_wary = question.intent in WARY or says_so is not REFUSES
    return len(text) <= (SHORT if is_wary else SHORTEST) and says_so.search(text) is not None


def _yes(question: Question, says_so: re.Pattern[str]) -> bool | None:
    text = _plain(question)
    if question.intent in ("affirm", "deny") and not text:
        return question.intent == "affirm"
    said = says_so.search(text)
    if said:
        return not DENIED.match(text[said.end() - 1 :])
    if SAYS_YES.search(text):
        return True
    if NO.search(text) or question.intent == "deny":
        return False
    return True if YES.search(text) or question.intent == "affirm" else None


def _plain(question: Question) -> str:
    return unicodedata.normalize("NFKC", question.text).strip()
