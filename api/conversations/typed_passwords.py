"""Passwords, PINs and keys in an owner's words.

「パスワードは」 is mostly followed by a question, and must then stay whole. So a value is taken for a
secret by what it looks like, and the less it looks like one, the more plainly it has to be said:

- letters with digits or signs (P@ssw0rd): a secret unless what follows says otherwise (…の裏, …で管理)
- digits (1234): four or more, and no amount, year or date
- letters only (qwerty): no word of the trade, and the sentence ends there or goes on with です, にした …
- Japanese (さくら2024, 「ひらけごま」): with digits, or in quotation marks, and said to be the one

Works on NFKC text and gives (start, end).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from api.conversations import password_patterns as pattern
from api.conversations.plain_words import is_plain
from api.conversations.typed_numbers import Span

_CLOSES = dict(zip("「『“【〈《(\"'`", "」』”】〉》)\"'`", strict=True))
_AROUND = "\"'`()[]{}<>*,.;:?"
_ASCII = re.compile(r"[!-~¥]+")
_PHRASE = re.compile(r"[!-~]+(?: [!-~]+)*")
_FIGURE = re.compile(r"[0-9]+(?:[-.][0-9]+)*")
_MORE_FIGURES = re.compile(r"(?: [0-9]+){1,7}(?![0-9A-Za-z])")
_KANJI_DIGITS = re.compile("[〇零一二三四五六七八九]{4,12}")
_JAPANESE_WITH_DIGITS = re.compile(r"([ぁ-んァ-ヶー一-龠々]{1,8})[0-9]{3,8}[!#]?")
_SIGN = re.compile(r"[!@#$%^*=?~|\\¥+]")
_SPELLED = re.compile(r"[A-Za-z0-9](?: [A-Za-z0-9]){3,31}(?![A-Za-z0-9])")
_BETWEEN_TWO = re.compile(r"\s?[/,、・:|]\s?|\s{1,3}|と")
_AND = re.compile(r"\s?(?:と|や|か|または|あるいは)\s?")


class _Said(NamedTuple):
    """How openly a value is called a secret."""

    loose: bool
    """It only stands beside the keyword: 「パスワード abc」."""
    firm: bool
    """Behind 「:」 or 「=」, or on a line of its own, where nothing but a value is expected."""
    spoken: bool
    """An ordinary word is what the keyword asks for: 「合言葉は…」."""
    code: bool
    """Digits are what the keyword asks for: 「暗証番号は…」."""


def passwords(text: str) -> Iterator[Span]:
    """Every value that is called a password, a PIN, a code or a key."""
    yield from _recognised(text)
    done = 0
    for keyword in pattern.KEYWORD.finditer(text):
        if keyword.start() < done:
            continue
        for span in _called_so(text, keyword):
            yield span
            done = max(done, span[1])


def _recognised(text: str) -> Iterator[Span]:
    for match in pattern.RECOGNISED.finditer(text):
        name = str(match.lastgroup)
        if name != "after_mail" or _is_unlike_words(match[name]):
            yield match.span(name)


def _called_so(text: str, keyword: re.Match[str]) -> Iterator[Span]:
    if before := _value_before(text, keyword):
        yield before
    span = _value_after(text, keyword, keyword.end())
    if span is None and (aside := pattern.ASIDE.match(text, keyword.end())):
        span = _value_after(text, keyword, aside.end())
    span = span or _nearby(text, keyword.end())
    while span:
        yield span
        span = _another(text, span[1])


def _value_before(text: str, keyword: re.Match[str]) -> Span | None:
    """「hunter2がパスワードです」"""
    match = pattern.VALUE_BEFORE.search(text, max(0, keyword.start() - 96), keyword.start())
    if match is None:
        return None
    value = match[1].strip(_AROUND)
    if is_plain(value) or pattern.MODEL.fullmatch(value) or not (_is_strong(value) or _is_code(value)):
        return None
    if match[2] == "(":
        return match.span(1) if text.startswith(")", keyword.end()) else None
    named = match[2] in ("という", "っていう") or (match[2] not in "がを" and _is_strong(value))
    return match.span(1) if named or pattern.MADE_PASSWORD.match(text, keyword.end()) else None


def _nearby(text: str, start: int) -> Span | None:
    """「パスワードをお伝えします。neko222です」: only what can be nothing else."""
    for token in _ASCII.finditer(text, start, start + 48):
        value = token[0].strip(_AROUND)
        begin = token.start() + token[0].index(value)
        end = begin + len(value)
        if token.end() == start + 48 or not _is_unlike_words(value):
            continue
        named_otherwise = pattern.NOT_ITS_VALUE.search(text, max(0, begin - 12), begin)
        if not named_otherwise and (pattern.END.match(text, end) or text.startswith("を", end)):
            return begin, end
    return None


def _value_after(text: str, keyword: re.Match[str], at: int) -> Span | None:
    link = pattern.LINK.match(text, at)
    if link is None:
        return None
    start, said = link.end(), _how(text, keyword, link)
    if pattern.LOGIN_BEFORE.search(text, max(0, keyword.start() - 12), keyword.start()) and (
        second := _second_of_two(text, start)
    ):
        return second
    if keyword[0].casefold() in pattern.PHRASES and (phrase := _phrase(text, start)):
        return phrase
    return _quoted(text, start, said) or _ascii(text, start, said) or _japanese(text, start, said)


def _how(text: str, keyword: re.Match[str], link: re.Match[str]) -> _Said:
    begins_line = keyword.start() == 0 or text[keyword.start() - 1] == "\n"
    own_line = begins_line and "\n" in link[0]
    return _Said(
        loose=link["loose"] is not None and not own_line,
        firm=link["firm"] is not None or own_line,
        spoken=keyword[0].startswith(pattern.SPOKEN),
        code=keyword[0].casefold().startswith(pattern.CODES),
    )


def _second_of_two(text: str, start: int) -> Span | None:
    """「ID/PW: taro / sakura1234」: the later value is the secret; one that looks like it goes with it."""
    first = _ASCII.match(text, start)
    between = first and _BETWEEN_TWO.match(text, first.end())
    second = between and _ASCII.match(text, between.end())
    if not (first and second):
        return None
    value = second[0].strip(_AROUND)
    if is_plain(value) or not (_is_code(value) or _is_strong(value) or pattern.END.match(text, second.end())):
        return None
    both = _is_strong(first[0]) and not is_plain(first[0])
    return (start if both else second.start()), second.end()


def _phrase(text: str, start: int) -> Span | None:
    phrase = _PHRASE.match(text, start)
    if phrase is None or is_plain(phrase[0]) or not pattern.END.match(text, phrase.end()):
        return None
    return phrase.span()


def _another(text: str, end: int) -> Span | None:
    """「sakura1234と hanako5678」"""
    joint = _AND.match(text, end)
    token = joint and _ASCII.match(text, joint.end())
    if not (joint and token):
        return None
    value = token[0].rstrip(_AROUND)
    stands = _is_strong(value) and not is_plain(value) and not pattern.TALK.match(text, token.end())
    return (token.start(), token.start() + len(value)) if stands else None


def _quoted(text: str, start: int, said: _Said) -> Span | None:
    close = _CLOSES.get(text[start : start + 1])
    end = text.find(close, start + 1, start + 66) if close else -1
    value = text[start + 1 : end].strip() if end > 0 else ""
    if not value or "\n" in value or is_plain(value) or pattern.AMOUNT.search(value):
        return None
    if _is_code(value) and pattern.AS_AN_EXAMPLE.match(text, end + 1):
        return None
    if value.isascii():
        secret = _looks_like_one(value, said) or (
            any(c.isalpha() for c in value)
            and len(value) >= 3
            and (bool(pattern.SAID.match(text, end + 1)) or not (said.loose or value[0].isupper()))
        )
    else:
        secret = close != ")" and _may_be_japanese(value, said) and _is_stated(text, end + 1, said)
    return (start + 1, end) if secret else None


def _ascii(text: str, start: int, said: _Said) -> Span | None:
    if not said.loose and (spelled := _SPELLED.match(text, start)):
        return spelled.span()
    token = _ASCII.match(text, start)
    value = token[0].rstrip(_AROUND).lstrip("\"'`([{<*") if token else ""
    core = value.rstrip("!")
    if token is None or not core or is_plain(core):
        return None
    begin = start + token[0].index(value)
    end = begin + len(value)
    if _FIGURE.fullmatch(core):
        return _figure(text, begin, end, said)
    if _is_strong(core):
        return (begin, end) if _strong_stands(text, core, end, said) else None
    return (begin, end) if _letters_stand(text, core, end, said) else None


def _strong_stands(text: str, value: str, end: int, said: _Said) -> bool:
    if pattern.MODEL.fullmatch(value) and (said.loose or not pattern.END.match(text, end)):
        return False
    amount = value[-1].isdigit() and pattern.AMOUNT.match(text, end)
    return not (amount or pattern.TALK.match(text, end))


def _figure(text: str, begin: int, end: int, said: _Said) -> Span | None:
    if more := _MORE_FIGURES.match(text, end):
        end = more.end()
    value = text[begin:end].rstrip("!")
    if not _looks_like_one(value, said) or pattern.AMOUNT.match(text, end):
        return None
    if pattern.AS_AN_EXAMPLE.match(text, end):
        return None
    if said.code:
        return None if pattern.TALK.match(text, end) else (begin, end)
    return (begin, end) if pattern.FIGURE_END.match(text, end) else None


def _letters_stand(text: str, value: str, end: int, said: _Said) -> bool:
    if not any(c.isalpha() for c in value):
        return False
    ends = pattern.END.match(text, end) is not None
    if said.loose:
        shown = (
            value.islower() and len(value) >= 4 and pattern.LOGIN_SHOWN.search(text, max(0, end - 200), end)
        )
        return bool(shown and (pattern.LINE_END.match(text, end) or pattern.SAID.match(text, end)))
    if said.firm:
        return ends or text[end : end + 1].isspace()
    if pattern.PRODUCT.fullmatch(value):
        return False
    if value.istitle() or value.isupper():  # names and abbreviations are written so
        return len(value) > 5 and bool(pattern.SAID.match(text, end))
    return ends


def _japanese(text: str, start: int, said: _Said) -> Span | None:
    """「さくら2024です」, 「一二三四です」: unquoted, so only what is plainly said."""
    if said.loose:
        return None
    value = _KANJI_DIGITS.match(text, start) or _JAPANESE_WITH_DIGITS.match(text, start)
    if value is None or pattern.AMOUNT.match(text, value.end()) or not pattern.END.match(text, value.end()):
        return None
    return value.span() if _may_be_japanese(value[0], said) else None


def _looks_like_one(value: str, said: _Said) -> bool:
    """Letters with digits or signs, or a code; beside the keyword no model, date or telephone."""
    if said.loose and pattern.MODEL.fullmatch(value):
        return False
    if said.loose and not said.code and pattern.DATE_OR_PHONE.fullmatch(value):
        return False
    return _is_strong(value) or _is_code(value)


def _may_be_japanese(value: str, said: _Said) -> bool:
    return (
        len(value) <= 16 and "〔" not in value and (said.spoken or pattern.NO_PASSWORD.search(value) is None)
    )


def _is_stated(text: str, at: int, said: _Said) -> bool:
    return said.firm or bool(pattern.SAID.match(text, at) or pattern.LINE_END.match(text, at))


def _is_strong(value: str) -> bool:
    """Letters with digits, or with a sign that words are not written with."""
    letters = any(c.isalpha() for c in value)
    digits = sum(c.isdigit() for c in value)
    sign = _SIGN.search(value.rstrip("!?"), 1)
    return len(value) >= 4 and bool((letters and (digits or sign)) or (digits >= 4 and sign))


def _is_unlike_words(value: str) -> bool:
    """Small letters and digits that name nothing."""
    mixed = any(c.islower() for c in value) and any(c.isdigit() for c in value)
    return len(value) >= 6 and mixed and not is_plain(value) and not pattern.MODEL.fullmatch(value)


def _is_code(value: str) -> bool:
    digits = re.sub("[-. ]", "", value)
    return digits.isdigit() and 4 <= len(digits) <= 64
