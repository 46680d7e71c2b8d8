"""Whether a trade word tells the company's trade, or only where something happened.

ホテルのWi-Fi is a connection, 銀行を名乗るメール a fraud, 病院に行く an errand.
"""

from __future__ import annotations

import re

from bot.lookup import Match

AFTER = re.compile(
    r"(さん|様)?("
    r"の(フリー|無料|公衆)?(wi-?fi|ワイファイ|無線|回線)|(を|と)?(名乗|装|よそお|かた[っるりら]|騙|偽)"
    r"|(の|に)?(なりすま|ふりを|フリを)|から(の)?(メール|電話|sms|ショートメール|請求|連絡|督促|fax|封書|手紙)"
    r"|に(泊|行|聞|相談|問い合わせ|頼|依頼|任せ|電話|連絡|紹介))",
    re.IGNORECASE,
)
BEFORE = re.compile(r"(取引先|得意先|お客(さん|様|さま)?|顧客|委託先|仕入先|納品先|近所)(の|が|は|で)$")


def is_trade(match: Match, text: str) -> bool:
    """Whether this trade word may be about the company or the cases it asks for."""
    return not (AFTER.match(text[match.end :].lstrip()) or BEFORE.search(text[: match.start]))
