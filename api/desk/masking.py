"""Personal data is taken out of what staff see before they open a case. By patterns, so at best most of it.

Numbers to call, mail addresses, and what names itself as a name (「山田と申します」). A name that stands by
itself is not found; the queue therefore shows no owner's words beyond the last question.
"""

import re

from api.conversations.secrets_typed import without_secrets

MASK = "〔＊＊＊〕"

_PATTERNS = (
    re.compile(r"[A-Za-z0-9._%+\-]{1,64}[@＠][A-Za-z0-9.\-]+\.[A-Za-z]{2,}"),
    # the police's own numbers are no one's
    re.compile(
        r"(?<![\d#])(?:\+?81[-\s]?|0)\d{1,4}[-‐ー－()（）\s]{0,2}\d{1,4}[-‐ー－()（）\s]{0,2}\d{3,4}(?!\d)"
    ),
    re.compile(r"〒?\d{3}[-‐ー－]\d{4}(?!\d)"),
    re.compile(r"[一-龠々ァ-ヶーぁ-ん]{1,8}(?=と(?:申|もう|い)(?:し|います))"),
    re.compile(r"(?<=名前は)[^\s、。]{1,10}?(?=です|と|、|。|$)"),
    re.compile(r"(?<=担当の)[一-龠々]{1,4}(?=です|より)"),
)


def masked(text: str) -> str:
    text = without_secrets(text).text
    for pattern in _PATTERNS:
        text = pattern.sub(MASK, text)
    return text
