"""Card numbers and マイナンバー in an owner's words, however they are grouped.

Works on NFKC text and gives (start, end). Numbers of companies (法人番号), telephones and computers
are no secrets and never part of one.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from stdnum import luhn
from stdnum.jp import cn, in_

Span = tuple[int, int]

COUNTED = (
    r"\s?(?:文字|もじ|字|[桁名人個回件社年月日時分秒円割倍本枚台種通代歳階番点つ%]|ケタ|けた"
    r"|[ヶケか箇カ]月|[ヶケか箇カ][国所]|週|週間|世代|段階|以[上下内]|未満|程度|くらい|ぐらい|ほど|前後"
    r"|万|億|千|ドル|バイト|ビット|ポイント|パーセント|パターン|メートル|世帯|店|拠点|号|版)"
)
"""What makes a figure before it an amount and no code."""

# Drawn alike, typed for one another. One character each, so that places in the text stay.
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−ー─━", "-"))
_RUN = re.compile(r"[0-9](?:[\s\-_.・,、]{0,3}[0-9])*")
_GROUP = re.compile("[0-9]+")
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})"
_PUBLIC = re.compile(
    rf"(?<![0-9.])(?:{_OCTET}\.){{3}}{_OCTET}(?![0-9]|\.[0-9])"
    r"|(?<![0-9-])0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}(?![0-9]|-[0-9])"
    r"|\+[0-9]{1,3}[- ]?[0-9]{1,4}[- ][0-9]{1,4}[- ][0-9]{3,4}(?![0-9]|[- ][0-9])"
    r"|\+[0-9]{11,12}(?![0-9])"
    r"|(?<![0-9-])[1-9]-[0-9]{4}-[0-9]{4}-[0-9]{4}(?![0-9]|-[0-9])"
    r"|T?(?<![0-9])[1-9][0-9]{12}(?![0-9])"
)

# Length → first digits: Diners; Amex; Visa, Mastercard, JCB, Discover, UnionPay, Diners; the long ones
_ISSUERS = {
    14: re.compile("3[0689]"),
    15: re.compile("3[47]|2131|1800"),
    16: re.compile("4|5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720|3[05689]|6"),
    19: re.compile("4|35|6"),
}
_CARD_NUMBER = (
    r"(?:カード\s?(?:の\s?)?(?:番号|ナンバー|No)|クレカ|クレジット|デビットカード"
    r"|card\s?(?:number|no))[^0-9。]{0,12}(?=[0-9])"
)
_CARD_NAMED = re.compile(_CARD_NUMBER, re.IGNORECASE)
_SECURITY_CODE = re.compile(
    r"(?:セキュリティー?・?コード|(?<![A-Za-z])CV[VCN]2?(?![A-Za-z])|カード確認(?:番号|コード))"
    r"(?:\([^()\n]{0,12}\))?[」』】\])]?\s{0,3}(?:番号)?(?:[はがもをのって:=→、]|です|\s){0,4}"
    rf"[「『\"']?([0-9](?:[ -]?[0-9]){{2,3}})(?![ -]?[0-9])(?!{COUNTED})",
    re.IGNORECASE,
)
_SECURITY_CODE_BEHIND = re.compile(
    r"[\s、,/]{1,3}(?:期限\s?)?(?:0?[1-9]|1[0-2])\s?/\s?[0-9]{2,4}[\s、,/]{1,3}([0-9]{3,4})(?![0-9])"
)
_MY_NUMBER_NAMED = re.compile(
    r"(?:マイ\s?ナンバー?|まいなんば|個人番号|my\s?number)[^0-9。]{0,15}(?=[0-9])", re.IGNORECASE
)
_MY_NUMBER_SHAPES = {(12,), (4, 4, 4), (6, 6), (4, 8), (8, 4), (3, 3, 3, 3), (1,) * 12}


class _Window(NamedTuple):
    """Some neighbouring groups of digits read as one number."""

    span: Span
    digits: str
    shape: tuple[int, ...]
    gaps: frozenset[str]
    goes_on: bool
    """Another group as long as the last stands before or behind."""


def cards(text: str) -> Iterator[Span]:
    """Numbers that can be of a card, whatever is called one, and security codes."""
    yield from (match.span(1) for match in _SECURITY_CODE.finditer(text))
    named = {match.end() for match in _CARD_NAMED.finditer(text)}
    for window in _numbers(text, 14, 19):
        if window.span[0] in named or _is_card(window.digits):
            yield window.span
            if behind := _SECURITY_CODE_BEHIND.match(text, window.span[1]):
                yield behind.span(1)


def my_numbers(text: str) -> Iterator[Span]:
    """Twelve digits with the right check digit, or called a マイナンバー."""
    named = {match.end() for match in _MY_NUMBER_NAMED.finditer(text)}
    for window in _numbers(text, 12, 12):
        if window.span[0] in named or _is_my_number(window):
            yield window.span


def _is_card(digits: str) -> bool:
    issuer = _ISSUERS.get(len(digits))
    return bool(issuer and issuer.match(digits) and luhn.is_valid(digits))


def _is_my_number(window: _Window) -> bool:
    uniform = len(window.gaps) <= 1 and "," not in window.gaps and not window.goes_on
    return uniform and window.shape in _MY_NUMBER_SHAPES and in_.is_valid(window.digits)


def _numbers(text: str, shortest: int, longest: int) -> Iterator[_Window]:
    """Every way to read neighbouring groups as one number of such a length."""
    plain = _PUBLIC.sub(_blank, text.translate(_DASHES))
    for run in _RUN.finditer(plain):
        groups = [match.span() for match in _GROUP.finditer(plain, *run.span())]
        for first in range(len(groups)):
            yield from _windows(plain, groups, first, range(shortest, longest + 1))


def _windows(text: str, groups: list[Span], first: int, lengths: range) -> Iterator[_Window]:
    digits, gaps, end = "", set[str](), groups[first][0]
    for last in range(first, min(first + lengths.stop, len(groups))):
        start, stop = groups[last]
        gaps |= {text[end:start]} - {""}
        digits, end = digits + text[start:stop], stop
        if len(digits) in lengths:
            shape = tuple(stop - start for start, stop in groups[first : last + 1])
            beside = groups[max(0, first - 1) : first] + groups[last + 1 : last + 2]
            goes_on = any(stop - start == shape[-1] for start, stop in beside)
            yield _Window((groups[first][0], end), digits, shape, frozenset(gaps), goes_on)
        elif len(digits) >= lengths.stop:
            return


def _blank(match: re.Match[str]) -> str:
    """A number that is no secret, made unreadable; itself when only its shape is the same."""
    number = match[0]
    digits = re.sub("[^0-9]", "", number)
    if "." in number or number.startswith(("+", "T")):
        return "x" * len(number)
    if number.startswith("0"):
        return "x" * len(number) if len(digits) in (10, 11) else number
    return "x" * len(number) if cn.is_valid(digits) else number
