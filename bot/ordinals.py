"""Which place of a list is meant: 「2番」「②」「三つ目」「一番上」「最後のやつ」「2と3」 (the first)."""

from __future__ import annotations

import re
import unicodedata

KANJI = {kanji: number for number, kanji in enumerate("一二三四五六七八九十", start=1)}
WORDS = {
    word: number
    for number, words in enumerate(
        ("ひとつ 一つ いち", "ふたつ 二つ に", "みっつ みつ 三つ さん", "よっつ 四つ よん", "いつつ 五つ ご"),
        start=1,
    )
    for word in words.split()
}
NUMBER = r"(\d{1,2}|[一二三四五六七八九十]|[①-⑨])"
COUNTED = r"(番目?|ばんめ?|バンメ?|つ目|つめ|個目|個め|こめ|件目|枚目|項目|号)"
# What stands before and after the place without changing it.
BEFORE = (
    r"(じゃあ?|ほな|では|えっと|えー|あの|うーん|んー|そしたら|ほんなら|なら|その|それの|これの|この"
    r"|上から|うえから)*"
)
THING = (
    r"(の)?(やつ|ヤツ|もの|ん|奴|ほう|方|項目|選択肢|制度|対策|補助金|事例|会社|とこ|ところ|窓口|相談先"
    r"|話|件)?"
)
PARTICLE = r"(を|が|は|で|に|について|って|のこと|の)?"
WISH = (
    r"(もっと|もう少し)?(詳しく|くわしく|くわしゅう|詳細|やり方|やりかた|方法|説明|内容"
    r"|聞きたい|知りたい|見たい|気になる|選びます|選ぶ)?(を|が|は)?"
)
PLEASE = (
    r"(お願い(します|したい)?|おねがい(します)?|頼む|たのむ|頼みます|教えて|おしえて|見せて|みせて|して"
    r"|いい|ええ|よか"
    r"|する|します|だ|や|じゃ)?(ください|ほしい|欲しい|ちょうだい|くれ|です|ます|かな|ね|な|で|わ|よ|けろ"
    r"|んで)*"
)
AFTER = f"{THING}{PARTICLE}{WISH}{PLEASE}"
AND = f"((と|か|や|or|も){NUMBER}{COUNTED}?)*"

BY_NUMBER = re.compile(f"{BEFORE}(?P<place>{NUMBER}){COUNTED}?{AND}{AFTER}")
FROM_BELOW = re.compile(f"{BEFORE}(下|した|後ろ|うしろ)から(?P<place>{NUMBER}){COUNTED}?{AFTER}")
SPELT = "|".join(sorted(WORDS, key=len, reverse=True))
BY_WORD = re.compile(f"{BEFORE}(?P<place>{SPELT})(目|め|ばんめ?|バンメ?){AFTER}")
ENDS = {
    "first": r"最初|はじめ|(いっちゃん|一番|いちばん)(上|うえ|初め|最初|はじめ|さいしょ)|上|うえ|先頭",
    "middle": r"真ん中|まんなか|まん中|中央|真中|中|なか",
    "last": r"最後|さいご|(いっちゃん|一番|いちばん)(下|した|最後|さいご)|下|した|ラスト|おしまい|末尾",
}
BY_END = {end: re.compile(f"{BEFORE}({words}){AFTER}") for end, words in ENDS.items()}
# Alone, these are more often something else than a place.
ALONE = re.compile(r"上|うえ|下|した|中|なか|はじめ|最初(に|は|から)?|最後(に|は)?|(上|下|中)(に|は|で|を)")
MARKS = re.compile(r"[\s\W_〜～]")
# 「3」 may also be how many people there are.
FIGURE_ALONE = re.compile(r"\d{1,2}|[一二三四五六七八九十]")


def place_in(text: str, count: int) -> int | None:
    """The place from 0, of so many; one beyond the list is given as it is. None: no place is named."""
    said = bare(text)
    if below := FROM_BELOW.fullmatch(said):
        return count - _number(below["place"])
    if numbered := BY_NUMBER.fullmatch(said):
        return _number(numbered["place"]) - 1
    if worded := BY_WORD.fullmatch(said):
        return WORDS[worded["place"]] - 1
    if ALONE.fullmatch(said):
        return None
    places = {"first": 0, "middle": (count - 1) // 2, "last": count - 1}
    return next((places[end] for end, pattern in BY_END.items() if pattern.fullmatch(said)), None)


def bare(text: str) -> str:
    """Without marks and spaces, in one width; ① stays ①."""
    kept = "".join(c if "①" <= c <= "⑨" else unicodedata.normalize("NFKC", c) for c in text.casefold())
    return "".join(c for c in kept if "①" <= c <= "⑨" or not MARKS.match(c))


def _number(written: str) -> int:
    if written in KANJI:
        return KANJI[written]
    return ord(written) - ord("①") + 1 if "①" <= written <= "⑨" else int(written)
