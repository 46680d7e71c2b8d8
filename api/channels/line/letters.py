"""How long a text is as LINE counts it, and cutting one without breaking a character."""

import unicodedata

_JOINERS = "\u200d\u20e3"
_VARIANTS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0), range(0x1F3FB, 0x1F400))
_FLAGS = range(0x1F1E6, 0x1F200)


def units(text: str) -> int:
    """UTF-16 code units: 「𠮷」 and most emoji count as two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def shortened(text: str, limit: int) -> str:
    """The text, or as much of it as fits with … after it; a letter keeps its marks and variants."""
    text = " ".join(text.split())
    if units(text) <= limit:
        return text
    kept, room = "", limit - 1
    for letter in _letters(text):
        room -= units(letter)
        if room < 0:
            break
        kept += letter
    return f"{kept.rstrip()}…"


def without(text: str, start: int, length: int) -> str:
    """The text without so many code units from there on, which is how LINE names a part of a text."""
    coded = text.encode("utf-16-le", "surrogatepass")
    rest = coded[: start * 2] + coded[(start + length) * 2 :]
    return rest.decode("utf-16-le", "surrogatepass")


def _letters(text: str) -> list[str]:
    letters: list[str] = []
    for sign in text:
        if letters and _continues(letters[-1], sign):
            letters[-1] += sign
        else:
            letters.append(sign)
    return letters


def _continues(letter: str, sign: str) -> bool:
    code = ord(sign)
    if letter.endswith("\u200d") or sign in _JOINERS or unicodedata.category(sign)[0] == "M":
        return True
    if code in _FLAGS:
        return len(letter) == 1 and ord(letter) in _FLAGS
    return any(code in some for some in _VARIANTS)
