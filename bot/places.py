"""Whether a place name in a text is a place, and the company's own.

Short names are traps: 大分良くなりました, 三重に保存, 石川さん, 東京電力. Sudachi's tag decides
first, then what stands right after the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.ginza import Word
from bot.lookup import Match

FULL_NAME = re.compile(r".{2,}[都道府県市区町村郡]$")
PERSON = re.compile(
    r"(さん|様|さま|君|くん|ちゃん|氏|先生|殿|社長|部長|課長|専務|常務|店長|と申し|と(い|言)い(ます|まして)|って(者|人))"
)
ORGANISATION = re.compile(
    r"(製作所|商店|工業所|工務店|商会|鉄工|電力|ガス|海上|銀行|信用金庫|信金|新聞|テレビ|大学|高校|駅|空港|ドーム"
    r"|五輪|オリンピック|データセンター|リージョン)"
)
SOMEBODY_ELSE = re.compile(r"の(取引先|得意先|お客|顧客|友人|知人|親戚|実家|業者|銀行|ニュース)")
LOCATED = re.compile(
    r"の(会社|企業|事業|お?店|商店|旅館|宿|ホテル|工場|工務|製造|建設|飲食|食堂|居酒屋|美容|病院|医院|歯科|本社|中小|零細|町工場|田舎)"
    r"|(で|にて).{0,12}(営|経営|やって|やっと|して|しと|商売|です)|に(ある|あり|本社|店|お店|事務所|工場|住)|(で|に)$"
)
# What may follow 大分 when it is the prefecture; the adverb is followed by what it modifies.
AFTER_OITA = re.compile(r"(の|で|に|から|は|が|も|と|です|だ|や|。|$)")
# 三重 as "threefold": stored, checked, locked three times over.
THREEFOLD = re.compile(
    r"(化|チェック|ロック|構造|苦|丸|扉|防御|対策"
    r"|に(?!は?(ある|あり|おる|おり|いる|い[まて]|住|行|も|営業所|支店|本社|本店|工場|店|会社|事務所|拠点|進出))"
    r"|の(バックアップ|チェック|防御|対策|守り|備え|鍵|ロック|壁))"
)
HEAD_OFFICE = re.compile(r"本社|本店|本部|本拠")
BRANCH = re.compile(r"営業所|支店|支社|出張所|工場|支部|店舗|倉庫|別荘")
SEPARATORS = " 、,/・。"
CLAUSE = re.compile(r"[、。,.!?\n]")


def is_place(match: Match, text: str, parsed: Sequence[Word]) -> bool:
    """Whether this match names a place the sentence is about."""
    after = text[match.end :].lstrip()
    if ORGANISATION.match(after) or SOMEBODY_ELSE.match(after):
        return False
    if FULL_NAME.match(match.value):
        return True
    if PERSON.match(after) or _is_idiom(match.value, after):
        return False
    return _is_tagged(match, text, parsed)


def own_places(matches: list[Match], text: str) -> list[Match]:
    """Without the branches, where the head office is named too (本社は名古屋で、三重にも営業所)."""
    if not HEAD_OFFICE.search(text):
        return matches
    return [match for match in matches if not _is_branch(match, text)]


def _is_idiom(name: str, after: str) -> bool:
    if name == "大分":
        return not AFTER_OITA.match(after)
    return name == "三重" and bool(THREEFOLD.match(after))


def _is_tagged(match: Match, text: str, parsed: Sequence[Word]) -> bool:
    tags = [word.tag for word in parsed if word.start < match.end and match.start < word.end]
    if all("地名" in tag for tag in tags):
        return len(match.value) > 1
    # Sudachi takes 石川, 福島 and 宮崎 for family names wherever they stand.
    if match.kind == "prefecture" and all("固有名詞" in tag or tag.startswith("接尾辞") for tag in tags):
        return True
    return len(match.value) > 1 and (_stands_alone(match, text) or bool(LOCATED.match(text[match.end :])))


def _stands_alone(match: Match, text: str) -> bool:
    """An answer or a keyword list: 金沢 / 飲食 6人 金沢 / 金沢です."""
    before, after = text[: match.start], text[match.end :]
    if not before and after.rstrip("。") in {"です", "市です"}:
        return True
    return (not before or before[-1] in SEPARATORS) and (not after or after[0] in SEPARATORS)


def _is_branch(match: Match, text: str) -> bool:
    before, after = text[: match.start], text[match.end :]
    clause = CLAUSE.split(before)[-1] + CLAUSE.split(after)[0]
    return bool(BRANCH.search(clause)) and not HEAD_OFFICE.search(clause)
