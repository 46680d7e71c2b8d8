"""The company profile: what an owner says of their firm, kept and corrected as they speak.

What an owner states is believed. A trade or place that a question merely names is most probably
theirs too (「宿の予約サイトを乗っ取られた事例」): believed as long as nothing is known, never against it.
"""

import re

from advisor.asked import named
from advisor.exchange import Phrase, Question, Value
from advisor.places import Place, place_told, settled
from advisor.state import Company
from knowledge.documents import Procedure, Record, Scheme
from knowledge.library import Library

SAYS_WE = re.compile(
    r"うち|ウチ|当社|弊社|我が社|わが社|わたしら|私ども|わたくしども|手前ども|うちら|おらほ|おら家|わしんとこ"
    r"|当(店|館|院|方|園|校|組合|事務所|法人|社)|やっ(て(い|お|る|ま|ん)|と[るりん])|しよ(る|り)|営(ん|み"
    r"|業し)|経営|運営"
    r"|従業員|社員|職員|スタッフ|(私|僕|俺|わし)は|の者|でして|ですが|だけど|やけど|じゃけど|ですけど"
    r"|なんだけど|なんですが|です[。、]"
)
# Questions in which a trade named is most probably the owner's own.
PRESUMING = {
    "ask_level",
    "ask_assessment",
    "ask_measure",
    "ask_product",
    "ask_incident_case",
    "report_incident",
    "ask_subsidy",
    "ask_subsidy_procedure",
    "ask_statistic",
    "ask_policy",
    "ask_standard",
    "ask_association",
    "ask_consult",
    "ask_others",
    "ask_details",
    "request_human",
    "nlu_fallback",
}
# And those in which a place is: 「北海道の事例」 asks for what happened there.
PRESUMING_PLACE = PRESUMING - {"ask_incident_case", "ask_statistic"}
# What is said to pass the time or belongs to other desks tells of the company only with 「うちは」.
PRESUMING_SIZE = PRESUMING | {"affirm", "deny"}

YES_OR_NO = {
    "personal_data": "handles_personal_data",
    "telework": "telework",
    "byod": "byod",
    "customer_demands": "customer_demands",
}
FACTS = ("industry", "trade", "employees", "prefecture", "municipality", *YES_OR_NO.values())
NOT_OURS = r"(?:業|屋|店|会社|県|都|府|市|の会社|さん)*(?:じゃ|では|や)(?:ない|ありません|なか)"
# 鹿児島に営業所があります: no news of where a company is that has told its place.
BRANCH = re.compile(r"営業所|支店|支社|出張所|取引先|得意先")

READY_KINDS: tuple[type[Record], ...] = (Procedure, Scheme)
HAS = re.compile(
    r"持って(る|い|ます|お)|取得済|取った|取りました|取ってあ|済み|済んで|宣言し(た|て|ました)|あります"
)
HAS_NOT = re.compile(r"持ってな|持っていな|持ってませ|取ってな|まだ|ない|ですか|ますか|[?？]")


def learn(question: Question, library: Library) -> Company:
    """The company as known after this message; what is not mentioned stays as it was."""
    company = question.state.company
    ready = [ref for ref in _had(question, library) if ref not in company.ready]
    told = _stated(question, library) if states(question) else _presumed(question, library)
    return company.model_copy(update={**told, "ready": [*company.ready, *ready]})


def states(question: Question) -> bool:
    """Whether the message speaks of the owner's own firm, or answers which place was meant."""
    if question.intent == "inform_company" or question.state.unclear:
        return True
    return question.intent != "ask_outside" and SAYS_WE.search(question.text) is not None


def _stated(question: Question, library: Library) -> dict[str, object]:
    company = question.state.company
    place = settled(question, library) or place_told(question, library)
    if isinstance(place, Place) and company.prefecture and BRANCH.search(question.text):
        place = None
    told: dict[str, object] = {**_denied(question), **_size(question), **_habits(question)}
    told |= _trade(question, library)
    return told | (place.facts() if isinstance(place, Place) else {})


def _presumed(question: Question, library: Library) -> dict[str, object]:
    """What a question gives away about a company that nothing is known of."""
    intent, company = question.intent, question.state.company
    told: dict[str, object] = dict(_habits(question)) if intent in PRESUMING else {}
    if intent in PRESUMING and company.industry is None:
        told |= _trade(question, library)
    if intent in PRESUMING_SIZE and company.employees is None:
        told |= _size(question)
    place = place_told(question, library) if intent in PRESUMING_PLACE else None
    if isinstance(place, Place) and company.prefecture is None:
        told |= place.facts()
    return told


def _size(question: Question) -> dict[str, object]:
    employees = question.words("employees")
    return {"employees": int(employees[-1])} if employees else {}


def _habits(question: Question) -> dict[str, object]:
    """What is answered yes or no, in words or by a choice."""
    return {
        fact: question.words(entity)[-1] == "yes"
        for entity, fact in YES_OR_NO.items()
        if question.words(entity)
    }


def _denied(question: Question) -> dict[str, object]:
    """「飲食店じゃないです」 takes back what was believed."""
    company = question.state.company
    words = {company.trade: ("industry", "trade"), company.industry: ("industry", "trade")}
    words |= {company.prefecture and company.prefecture[:-1]: ("prefecture", "municipality")}
    return {
        fact: None
        for word, facts in words.items()
        if word and re.search(re.escape(word) + NOT_OURS, question.text)
        for fact in facts
    }


def _had(question: Question, library: Library) -> list[str]:
    """What an application needs and the owner says they have: 「GビズIDはもう取りました」."""
    if not HAS.search(question.text) or HAS_NOT.search(question.text):
        return []
    return [record.id for record in named(question, library, *READY_KINDS)]


def industry_asked(question: Question, library: Library) -> str | None:
    """The industry the question is about: the one named in it, otherwise the company's own."""
    industry = _trade(question, library).get("industry")
    return str(industry) if industry else question.state.company.industry


def _trade(question: Question, library: Library) -> dict[str, object]:
    for word in question.words("industry"):
        industry = library.meaning("industry", word)
        if industry:
            return {"industry": industry, "trade": word.removesuffix("さん")}
    return {}


# 飲食さん or 建設さん is nobody: such a word names a field and no firm.
FIRM = re.compile(
    r"(屋|店|館|院|園|所|社|師|士|室|宿|家|場|塾|寺|蔵|元|局|庫|者|校|工場|ホテル|カフェ|サロン|ショップ"
    r"|クリニック|レストラン|スーパー|サービス|ベーカリー"
    r"|ペンション|スナック|ハウス|スタンド|センター|スクール|バー|組合|法人|大工|農協|漁協|宿坊)$"
)


def described(company: Company) -> Phrase | None:
    """「12名の旅館さん」; nothing when neither trade nor size is known."""
    values: dict[str, Value] = {}
    if company.employees is not None:
        values["employees"] = company.employees
    if company.trade and FIRM.search(company.trade):
        values["trade"] = company.trade
    elif company.industry:
        values["industry"] = company.industry
    return Phrase("_".join(["company", *values]), values) if values else None


def news(before: Company, now: Company) -> list[str]:
    """The facts that were just learnt or corrected."""
    return [
        fact
        for fact in FACTS
        if getattr(now, fact) is not None and getattr(now, fact) != getattr(before, fact)
    ]


def acknowledged(before: Company, now: Company) -> Phrase | str:
    """The sentence that repeats what was just learnt, empty when nothing was."""
    learnt = news(before, now)
    company = described(now) if {"industry", "trade", "employees"} & {*learnt} else None
    if now.prefecture and now.prefecture != before.prefecture:
        company = described(now)
        place: dict[str, Value] = {"prefecture": now.prefecture}
        return Phrase("ack_placed", place | {"company": company}) if company else Phrase("ack_place", place)
    if company:
        return Phrase("ack", {"company": company})
    told = habits(now, learnt)
    return Phrase("ack_habits", {"habits": told}) if told else ""


def habits(company: Company, facts: list[str]) -> Phrase | None:
    """「在宅勤務あり、私物スマホなし」: those of the facts that are yes or no."""
    told = [_habit(fact, getattr(company, fact)) for fact in facts if fact in YES_OR_NO.values()]
    return joined(told)


def _habit(fact: str, is_so: bool) -> Phrase:
    return Phrase(f"habit_{fact}" if is_so else f"habit_no_{fact}")


def joined(phrases: list[Phrase]) -> Phrase | None:
    """Several phrases as one: 「一、二、三」."""
    if len(phrases) < 2:
        return phrases[0] if phrases else None
    rest = joined(phrases[1:])
    return Phrase("both", {"one": phrases[0], "two": rest}) if rest else phrases[0]
