"""A case in one line, made from what is known: the company, what has happened, what was asked last.

Nothing is guessed: what the state does not hold is left out.
"""

from typing import Any

from pydantic import ValidationError

from advisor.state import State
from api.desk.masking import masked

LONGEST = 160
LONGEST_ASKED = 60

TOPICS = {
    "level": "どこまでやるか",
    "assessment": "自社診断",
    "measure": "対策のやり方",
    "product_choice": "製品の選び方",
    "incident_case": "被害の事例",
    "incident_response": "被害の初動",
    "subsidy": "補助金",
    "subsidy_procedure": "補助金の申請",
    "statistic": "他社の状況",
    "term": "言葉の意味",
    "policy": "社内のルール",
    "standard": "制度や取引先の要求",
    "consult": "相談先",
    "association": "会員支援",
    "privacy": "相談内容の扱い",
}

PLAYBOOKS = "playbook/"


def summary(state: dict[str, Any], titles: dict[str, str]) -> str:
    """``titles``: of the records that may be named, by id, as the conversation has been shown them."""
    try:
        known = State.model_validate(state)
    except ValidationError:
        return ""
    pieces = [_company(known), _happened(known, titles), _asked(known)]
    return "｜".join(piece for piece in pieces if piece)[:LONGEST]


def _company(state: State) -> str:
    company = state.company
    size = f"{company.employees}名" if company.employees is not None else ""
    pieces = [company.trade or company.industry, size, company.prefecture]
    return "・".join(masked(piece) for piece in pieces if piece)


def _happened(state: State, titles: dict[str, str]) -> str:
    emergency = state.emergency
    if emergency is None or emergency.ended:
        return ""
    id_ = emergency.playbook if emergency.playbook.startswith(PLAYBOOKS) else PLAYBOOKS + emergency.playbook
    what = titles.get(id_, "")
    doubt = "（起きたかは確認中）" if emergency.in_doubt else ""
    return f"被害：{what}{doubt}" if what and not emergency.guessed else f"被害（種類は未確認）{doubt}"


def _asked(state: State) -> str:
    topics = [one for one in (*state.earlier, *([state.last] if state.last else [])) if one.topic in TOPICS]
    if not topics:
        return ""
    last = topics[-1]
    said = masked(last.said)[:LONGEST_ASKED]
    return f"{TOPICS[last.topic]}：{said}" if said else TOPICS[last.topic]
