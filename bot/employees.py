"""How many people work here, read out of a sentence.

Most counts of people are not that: お客が10人, 2人目, 1000人以上の個人情報, 十人十色. A wrong number
changes the level of advice, so what stays doubtful is left out and the advisor can ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.numerals import KANJI, value_of

NUMERAL = rf"(?:\d[\d,]*万?|[{KANJI}]+)"
# 10〜20人, 5、6人: several numbers in one, none of them the answer.
RANGE = re.compile(
    rf"{NUMERAL}\s?[人名]?\s?(?:[~〜～\-–ー−か、]|から)\s?{NUMERAL}\s?[人名]|[数何幾]\s?百?十?\s?[人名]|十数[人名]"
)
GREW = re.compile(r"\s?[人名]?(?:体制)?(?:に|へと?)(?:なり|なっ|増|減|変|拡大|縮小)")
COUNT = re.compile(
    rf"(?P<number>{NUMERAL})\s?(?:人|名|にん|めい)"
    r"(?!目|前|部屋|用|分|様|さま|形|月|工|力|組|掛|乗|席|物|件|格|権|気|称|義|簿|刺|所|産|十色|三脚|暮らし|当たり|あたり"
    r"|間(?!で|が|の)|ひとり|一人|1人|以上|以下|未満|超|より|弱く|に(?:1|一|ひと)|中|も(?:い|お)(?:ない|ません|らん|らへん))"
    r"|(?P<word>ひとり|ふたり|独り|お?2人|お?1人)(?!ひとり|目|前|分|暮らし|親(?!方)|様|さま|あたり|1台|一台)"
)
# 従業員15 / 社員数:12, without a counter behind it.
BARE = re.compile(
    rf"(?:従業員|社員|職員|スタッフ)数?\s?(?:は|が|:|、)?\s?(?:約|およそ)?(?P<number>{NUMERAL})(?=$|[\s。、,)]|です|でーす|程|ほど|くらい|ぐらい)"
)
WORDS = {"ひとり": 1, "独り": 1, "1人": 1, "お1人": 1, "ふたり": 2, "2人": 2, "お2人": 2}
ROLE = (
    r"(?:正社員|契約社員|社員|従業員|職員|スタッフ|店員|社労|パート(?:さん|タイマー)?|アルバイト|バイト(?:さん)?|派遣(?:社員)?"
    r"|役員|家族|夫婦|親子|兄弟|姉妹|事務(?:員)?|営業|職人(?:さん)?|作業員|工員|エンジニア|仲居(?:さん)?|厨房|調理|ドライバー|運転手"
    r"|技能実習生|実習生|嘱託|うち|当社|弊社|当店|会社|全員|全部|合計|総勢|合わせて|あわせて|人数|規模|計)"
)
BEFORE_OWN = re.compile(
    ROLE
    + r"(?:数|の人数)?(?:は|が|で|も|だけで|:)?\s?(?:みんなで|全部で|合わせて|合計|総勢)?"
    + r"(?:約|およそ|だいたい|大体|たった|わずか)?\s?$"
)
AFTER_OWN = re.compile(
    r"\s?(?:ほど|くらい|ぐらい|程度|前後|弱|強|ばかり|だけ|のみ|しか)?\s?(?:だけ)?"
    r"(?:(?:で|して)(?:、)?(?:す(?![ぐる])|や[っり]|営|切り盛り|切盛り|回し|まわし|経営|運営|商売|仕事|働|して|店|会社|旅館|[^、。]{0,8}(?:をや|をし|を営|を経営))"
    r"|の(?:小さな|小さい|零細|ちいさな)?(?:会社|店|お店|企業|旅館|宿|工場|町工場|事業所|事務所|所帯|組織|職場|体制|[^、。]{0,6}(?:業|屋|所|店|院|園|社|会社|工場|旅館|ホテル))"
    r"|体制|規模|所帯|社長|親方|会社|法人|経営|営業|いま|い(?:る|て)|お(?:る|り)|働|在籍|勤め|しか|やけど|だけど|ですが|です|だ$|や$|$)"
)
FOREIGN_BEFORE = re.compile(
    r"(?:お?客(?:様|さん|さま)?|顧客|会員|組合員|患者(?:さん|様)?|生徒|学生|園児|児童|利用者(?:さん|様)?|宿泊客|ユーザー|登録者|入居者"
    r"|被害者|来場者|参加者|応募者?|フォロワー|読者|個人情報|名簿|人口|定員|最大|友達|知り合い|取引先|相手|犯人|子ども|子供|社員の|従業員の"
    r"|スタッフの|パートの|もう|あと|月に?|年に?|日に?|週に?|中の)(?:が|は|で|も|の(?:数)?(?:は|が)?|を|に)?(?:約|およそ)?\s?$"
)
FOREIGN_AFTER = re.compile(
    r"\s?(?:ほど|くらい|ぐらい|程度)?(?:分?の(?:個人|顧客|お?客|会員|患者|名簿|データ|情報|生徒|応募|利用者|登録|社員が|従業員が)"
    r"|が(?!い|お(?!か)|働|在籍|勤|常|事務|現場)|を|に(?!なり|なっ|増)|ずつ|ぶん|から(?:の|電話|メール)|辞|退職|含|は(?:事務|退職|パソコン))"
)
# 15名(うちパート8名): the eight are among the fifteen.
AMONG = re.compile(r"(?:[(、。]|の|その)うち、?(?:" + ROLE + r")?(?:が|は|で|の)?\s?$")
WITH_FAMILY = re.compile(r"(?:妻|夫|嫁|旦那|主人|家内|女房|息子|娘|父|母|親父|弟|兄|姉|妹)(?:さん)?と\s?$")
AND_OWNER = re.compile(r"\s?と(?:私|僕|俺|自分|わたし|わし|社長)(?!の)")
AND_COUPLE = re.compile(r"\s?と夫婦")
INSTEAD = re.compile(r"(?:社員|体制|規模)?(?:じゃ(?:なく|のう|なか)|では?なく|やなく|ちゃう|でなしに|→|⇒|->)")
JOINT = re.compile(
    r"\s?(?:と|、|,|\+|・|に|で|や|プラス|それと|あと|加えて|に加えて|が|\s)*(?:" + ROLE + r"(?:は|が)?\s?)+$"
)
TOTAL = re.compile(r"(?:全部で|合計|総勢|合わせて|あわせて|全員で|計)(?:は|で)?(?:約|およそ)?\s?$")
OWNER_AND = re.compile(
    r"(?:私|僕|俺|自分|わたし|わし|社長)(?:1人|一人)?(?:と|、)(?:あと)?" + ROLE + r"(?:が|は)?\s?$"
)
COUPLE_ALONE = re.compile(r"夫婦(?:だけ|のみ)?で(?=や|営|切り盛り|経営|商売|店|小さ)")
COUPLE_AND = re.compile(r"夫婦(?:と|、)(?:あと)?" + ROLE + r"(?:が|は)?\s?$")


@dataclass(frozen=True, slots=True)
class Headcount:
    """People working here, and where the text says so."""

    start: int
    end: int
    people: int


def headcount(text: str) -> Headcount | None:
    """The number of people working here, or nothing where the text names none or several."""
    corrected = _after_correction(text)
    counts = _counts(text, corrected)
    if not counts:
        couple = COUPLE_ALONE.search(text)
        return Headcount(*couple.span(), 2) if couple else None
    if len(counts) == 1:
        return counts[0]
    for count in counts:
        if TOTAL.search(text[: count.start]):
            return count
    return _sum(text, counts)


def _after_correction(text: str) -> int:
    """Where what counts begins: behind 15人じゃなくて, 15人→, 15人から."""
    begin = 0
    for found in COUNT.finditer(text):
        turn = INSTEAD.match(text[found.end() :].lstrip())
        grew = re.match(rf"から{NUMERAL}", text[found.end() :])
        if turn or (grew and GREW.match(text[found.end() + grew.end() :])):
            begin = found.end()
    return begin


def _counts(text: str, begin: int) -> list[Headcount]:
    blocked = [] if begin else [found.span() for found in RANGE.finditer(text)]
    found = [*COUNT.finditer(text, begin), *BARE.finditer(text, begin)]
    counts = [_count(text, match) for match in sorted(found, key=re.Match.start)]
    return [
        count
        for count in counts
        if count and not any(low < count.end and count.start < high for low, high in blocked)
    ]


def _count(text: str, match: re.Match[str]) -> Headcount | None:
    groups = match.groupdict()
    people = WORDS.get(groups.get("word") or "") or (value_of(groups["number"]) if groups["number"] else None)
    start = match.start("number") if groups["number"] else match.start()
    if not people or (start and text[start - 1].isdecimal()):
        return None
    before, after = text[:start], text[match.end() :]
    if not _is_own(before, after, people):
        return None
    return Headcount(start, match.end(), people + _owners(before, after))


def _owners(before: str, after: str) -> int:
    """The owner or the couple, where they are named beside the staff: 私とパート2人."""
    if OWNER_AND.search(before) or AND_OWNER.match(after):
        return 1
    return 2 if COUPLE_AND.search(before) or AND_COUPLE.match(after) else 0


def _is_own(before: str, after: str, people: int) -> bool:
    if FOREIGN_BEFORE.search(before) or FOREIGN_AFTER.match(after) or AMONG.search(before):
        return False
    if people > 2 or BEFORE_OWN.search(before) or WITH_FAMILY.search(before):
        return True
    # ひとりで悩んで, 2人に聞いた: one or two people are often no headcount.
    return bool(AFTER_OWN.match(after))


def _sum(text: str, counts: list[Headcount]) -> Headcount | None:
    first, *others = counts
    total, end = first.people, first.end
    for other in others:
        if not JOINT.match(text[end : other.start]):
            return None
        total, end = total + other.people, other.end
    return Headcount(first.start, end, total)
