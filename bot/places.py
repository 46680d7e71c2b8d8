"""Whether a place name in a text is a place, and the company's own.

Short names are traps: 大分良くなりました, 三重に保存, 石川さん, 東京電力. Sudachi's tag decides
first, then what stands right after the name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.ginza import Word, is_kana, katakana
from bot.lookup import Match

FULL_NAME = re.compile(r".{2,}[都道府県市区町村郡]$|.+温泉$")
PERSON = re.compile(
    r"(さん(?!が[多い]|の(?:地元|町))|様|さま|君|くん|ちゃん|氏|先生|殿|社長|部長|課長|専務|常務|店長|主任"
    r"|係長|と申し|と(い|言)い(ます|まして)|(?:って|という|っていう)(者|人|もん|男|方)"
    r"|[がはをに](?:休|辞|開い|クリック|押し|言|持っ|退職|入社|出社|担当|聞|頼|怒|出て|いま|おり|異動"
    r"|やらか|やってし))"
)
# 社長の福井です, 担当の石川が: the name of a person.
ROLE_OF = re.compile(
    r"(?:社長|担当(?:者)?|部長|課長|係長|主任|店長|専務|常務|代表|事務|経理|総務|新人|社員|バイト|パート"
    r"|従業員|職員|スタッフ|役員|会長|理事|工場長|支配人|女将|院長|園長|所長|株式会社\S{1,10}|うち"
    r"|[一-鿿ァ-ー]+課)の$"
)
ORGANISATION = re.compile(
    r"(製作所|商店|工業所|工務店|商会|鉄工|電力|ガス|海上|銀行|信用金庫|信金|新聞|テレビ|大学|高校|駅|空港"
    r"|ドーム"
    r"|五輪|オリンピック|万博|データセンター|リージョン|[都道府県]?警|地裁|地検|高裁|大空襲|城(?!崎|下)"
    r"|フィルム|生命|証券|時間|弁$|弁[でが]|県人|県民|マラソン|ばな奈|旅行|観光|海峡|湾|沖(?!縄)|神宮"
    r"|大社|山脈|平野|精舎|祭|駅前店|便|行き|から(?:帰|来|きた|戻|の?(?:電話|メール|客|お客|荷物|fax|連絡"
    r"|請求))|(?:に|へ)?(?:出張|転勤|異動|単身赴任|旅行)|の(?:原発|震災|地震|豪雨|水害)|の(?:方|ほう|人"
    r"|会社)から)"
)
# 沖縄そば, 博多ラーメン: a dish, eaten anywhere.
DISH = re.compile(
    r"(そば|料理|ラーメン|らーめん|うどん|牛(?!乳)|焼き?(?!肉|き)|餃子|ぎょうざ|寿司|産の|風の?|土産|銘菓"
    r"|県産|ちゃんぽん|ビール|カレー|弁当)"
)
SOMEBODY_ELSE = re.compile(
    r"(?:県|市|府|都)?(?:内|の方|のほう)?の(お?[^、。]{1,5}を(?:買|食|飲|もら|取り寄せ)|取引先|得意先|お客"
    r"|顧客|友人|知人|友達|親戚|実家|業者|銀行|お?(?:すす|勧|薦)め|人気|名物|名所|天気|観光"
    r"|ニュース|親会社|元請|本社(?:から|に|の人)|仕入|出張|会社(?:から|に|が(?:攻|被|倒))|病院が"
    r"|企業が(?:攻|被)|事件)"
)
# 出張先の福岡, 親会社は東京: not where the company is.
NOT_HERE = re.compile(
    r"(?:出張先?|旅行先?|旅先|帰省先?|単身赴任先?|親会社|本部|元請け?|発注元|荷主|取引先|得意先|仕入先|納品先|実家|故郷)"
    r"(?:さん)?(?:の本社)?(?:の|は|が|で|も)(?:、|\s|今)?[^、。はがをでうウ会]{0,8}$"
)
LOCATED = re.compile(
    r"の(会社|企業|事業|お?店|商店|旅館|宿|ホテル|工場|工務|製造|建設|飲食|食堂|居酒屋|美容|病院|医院|歯科"
    r"|本社|中小|零細|町工場|田舎|ほう|方(?!に))"
    r"|(で|にて).{0,12}(営|経営|やって|やっと|やりよ|して|しと|しよ|商売|です)|の[一-鿿]{1,5}(町|市場|通り"
    r"|駅前|区|村|温泉|港|地区)(で|の|に)|に(ある|あり|本社|店|お店"
    r"|事務所|工場|住|おる|おります|います)|(で|に)$"
)
# What may follow 大分 when it is the prefecture; the adverb is followed by what it modifies.
AFTER_OITA = re.compile(r"(の|で|に|から|は|が|も|と|です|だ|や|。|$)")
# 三重 as "threefold": stored, checked, locked three times over.
THREEFOLD = re.compile(
    r"(化|チェック|ロック|構造|苦|丸|扉|防御|対策"
    r"|に(?!は?(ある|あり|おる|おり|いる|い[まて]|住|行|も|営業所|支店|本社|本店|工場|店|会社|事務所|拠点"
    r"|進出))"
    r"|の(バックアップ|チェック|防御|対策|守り|備え|鍵|ロック|壁))"
)
HEAD_OFFICE = re.compile(r"本社|本店|本部|本拠")
BRANCH = re.compile(r"営業所|支店|支社|出張所|工場|支部|店舗|倉庫|別荘")
# Sounds that are another word far more often: そうじゃ, こうしゅう (講習).
OTHER_SOUNDS = {"総社", "甲州", "江津", "下田", "長門", "中津", "大洲", "安来"}
BEFORE_SOUND = re.compile(r"(?:^|[、。\s]|は|の|で|ここ|うち)$")
AFTER_SOUND = re.compile(r"(?:けん|し|の|で|に|や|から|$|[、。\s])")
# Cities of one character, which the word lists leave out.
SINGLE = {name: f"{name}市" for name in "堺呉萩柏津燕関蕨"}
AFTER_SINGLE = re.compile(r"(?:の(?!こと)|で(?!き)|です|に(?:ある|あり|い|お|住)|や(?:で|ねん)|$|[、。\s])")
SEPARATORS = " 、,/・。"
LONG = 3
CLAUSE = re.compile(r"[、。,.!?\n]")


def is_place(match: Match, text: str, parsed: Sequence[Word], *, is_beside: bool = False) -> bool:
    """Whether this match names a place the sentence is about.

    ``is_beside``: a trade stands behind it or a larger place before it.
    """
    before, after = text[: match.start], text[match.end :].lstrip()
    if ORGANISATION.match(after) or SOMEBODY_ELSE.match(after) or DISH.match(after):
        return False
    if NOT_HERE.search(before):
        return False
    if _is_only_heard(match, text):
        return False
    if FULL_NAME.match(match.value):
        return not _is_cut(match, text)
    if PERSON.match(after) or ROLE_OF.search(before) or _is_idiom(match.value, after):
        return False
    return is_beside or _is_tagged(match, text, parsed)


def single_places(text: str, parsed: Sequence[Word]) -> list[Match]:
    """堺で, 呉の: cities of one character, where Sudachi takes them for a place too."""
    return [
        Match("municipality", word.start, word.end, SINGLE[word.surface])
        for word in parsed
        if word.surface in SINGLE
        and AFTER_SINGLE.match(text[word.end :])
        and ("地名" in word.tag or _is_in_another(word, parsed, text))
    ]


def _is_in_another(word: Word, parsed: Sequence[Word], text: str) -> bool:
    """The 燕 of 新潟の燕."""
    return any(
        "地名" in other.tag and text[other.end : word.start] in {"の", "県の", ""}
        for other in parsed
        if other.end <= word.start
    )


def own_places(matches: list[Match], text: str) -> list[Match]:
    """Without the branches, where the head office is named too (本社は名古屋で、三重にも営業所)."""
    if not HEAD_OFFICE.search(text):
        return matches
    return [match for match in matches if not _is_branch(match, text)]


def _is_only_heard(match: Match, text: str) -> bool:
    """A place found by its sound inside other words; おきなわで is one."""
    heard = is_kana(katakana(text[match.start : match.end])) and not is_kana(katakana(match.value))
    if not heard:
        return False
    before, after = text[: match.start], text[match.end :]
    return match.value in OTHER_SOUNDS or not (BEFORE_SOUND.search(before) and AFTER_SOUND.match(after))


def _is_cut(match: Match, text: str) -> bool:
    """The end of a longer name: 府中市 in 甲府中市 is none."""
    return match.start > 0 and match.value[0] in "東西南北中" and text[match.start - 1] in "市区"


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
    if len(match.value) >= LONG and not any("人名" in tag for tag in tags):
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
