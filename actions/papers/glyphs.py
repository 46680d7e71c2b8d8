"""What the papers' font can show; what it can't never becomes an empty box on paper."""

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# In print a kanji that the font lacks has always been 〓: a gap that is seen, so that it can be written in.
MISSING = "〓"
# What systems without the first of them write instead.
COMMON_FORM = {"𠮷": "吉"}


def shown(words: str) -> str:
    """The words as they can be printed: letters that no glyph exists for are marked, ornaments left out."""
    return "".join(_shown(letter) for letter in words)


def _shown(letter: str) -> str:
    letter = COMMON_FORM.get(letter, letter)
    if letter == "\n" or ord(letter) in covered("Regular"):
        return letter
    if letter.isspace():
        return " "
    kind = unicodedata.category(letter)
    return MISSING if kind[0] in "LN" or kind == "Co" else ""


@cache
def covered(weight: str) -> frozenset[int]:
    """The code points that a font has glyphs for, read from its cmap in OpenType's format 12."""
    font = (FONTS / f"BIZUDPGothic-{weight}.ttf").read_bytes()
    (tables,) = struct.unpack_from(">H", font, 4)
    starts = {tag: start for tag, _, start, _ in struct.iter_unpack(">4sIII", font[12 : 12 + 16 * tables])}
    cmap = starts[b"cmap"]
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    maps = [cmap + at for _, _, at in struct.iter_unpack(">HHI", font[cmap + 4 : cmap + 4 + 8 * count])]
    full = next(at for at in maps if struct.unpack_from(">H", font, at) == (12,))
    (groups,) = struct.unpack_from(">I", font, full + 12)
    ranges = struct.iter_unpack(">III", font[full + 16 : full + 16 + 12 * groups])
    return frozenset(point for first, last, _ in ranges for point in range(first, last + 1))
