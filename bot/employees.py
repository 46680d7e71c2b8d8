"""How many people work here, read out of a sentence.

Most counts of people are not that: お客が10人, 2人目, 1000人以上の個人情報, 十人十色. A wrong number
changes the level of advice, so what stays doubtful is left out and the advisor can ask.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.numerals import KANA, KANJI, spoken_value, value_of

NUMERAL = rf"(?:\d[\d,]*万?|[{KANJI}]+)"
# 10〜20人, 5、6人: several numbers in one, none of them the answer.
RANGE = re.compile(
    rf"{NUMERAL}\s?[人名]?\s?(?:[~〜～\-–ー−か、]|から)\s?{NUMERAL}\s?[人名]|[数何幾]\s?百?十?\s?[人名]"
    rf"|十数[人名]"
)
GREW = re.compile(r"\s?[人名]?(?:体制)?(?:に|へと?)(?:なり|なっ|増|減|変|拡大|縮小)")
# 一人親方の会員: the members of a union.
OF_MEMBERS = (
    r"親方(?:さん)?(?:(?:の|である)(?:会員|組合員|加入者?|方|人)|でも|[にへ](?!な)|向け|も(?:入|加|対象)"
    r"|は(?:入れ|加入|対象))"
)
COUNT = re.compile(
    rf"(?P<number>{NUMERAL}|{KANA}(?=にん|めい))\s?(?:人|名|にん|めい)"
    rf"(?!{OF_MEMBERS})(?!目|前(?!後)|まえ|しき|部屋|用|分|様|さま|形|月|工|力|組|掛|乗|席|物|件|格|権|気|称|義|簿|刺|所|産"
    r"|十色|三脚|暮らし|当たり|あたり"
    r"|間(?!で|が|の)|村|口|家族(?!経営|で(?:や|営|切|経)|だけ)|ひとり|一人|1人|以上|以下|未満|超|より"
    r"|弱く|に(?:1|一|ひと)|中|も(?:い"
    r"|お)(?:ない|ません|らん|らへん))"
    r"|(?P<word>ひとり|ふたり|独り|お?2人|お?1人)(?!ひとり|目|前|分|暮らし|親(?!方)|様|さま|あたり|1台|一台)"
    rf"(?!{OF_MEMBERS})"
)
# 従業員15 / 社員数:12, without a counter behind it.
BARE = re.compile(
    rf"(?:従業員|社員|職員|スタッフ|パート|アルバイト|バイト|役員|人数|人員|メンバー|人)数?\s?(?:は|が|:"
    rf"|、)?\s?(?:全部で|合わせて)?(?:約|およそ)?(?P<number>{NUMERAL})(?=$|[\s。、,)]|です|でーす|や(?:$|で"
    rf"|ねん)|かな|程|ほど|くらい|ぐらい)"
)
# 8→11: what stands behind the arrow.
ARROW = re.compile(
    rf"{NUMERAL}[人名]?(?:→|⇒|->|じゃなくて|ではなくて?|やなくて)(?P<number>{NUMERAL})(?=$|[人名\s。、,]|に"
    rf"|へ|です)"
)
WORDS = {"ひとり": 1, "独り": 1, "1人": 1, "お1人": 1, "ふたり": 2, "2人": 2, "お2人": 2}
ROLE = (
    r"(?:正社員|契約社員|社員|従業員|乗務員|隊員|講師|先生|教員|教職員|獣医(?:師|さん)?|看護師|看護婦|医師"
    r"|ドクター|薬剤師|保育士|介護士|介護職|ヘルパー|衛生士|歯科衛生士|技工士|弁護士|税理士|会計士|美容師"
    r"|理容師|板前|料理人|シェフ|大工|蔵人|整備士|デザイナー|プログラマー|メンバー|人間|若い衆|弟子|組員"
    r"|船員|杜氏|施術者|トレーナー|インストラクター|添乗員|司書|ガードマン|警備員|清掃員|オペレーター"
    r"|事務局|事務所|職員|スタッフ|店員|社労|パート(?:さん|タイマー)?|アルバイト|バイト(?:さん)?"
    r"|派遣(?:社員)?"
    r"|役員|家族|夫婦|親子|兄弟|姉妹|事務(?:員)?|営業|職人(?:さん)?|作業員|工員|エンジニア|仲居(?:さん)?"
    r"|厨房|調理|ドライバー|運転手"
    r"|技能実習生|実習生|嘱託|うち|当社|弊社|当店|会社|全員|全部|合計|総勢|合わせて|あわせて|人数|規模|計)"
)
# Whoever is called by a trade of theirs: 弁理士が2人, 調理師3人.
BY_TRADE = r"[一-鿿]{1,4}(?:士|師|員)(?:さん)?"
BEFORE_OWN = re.compile(
    rf"(?:{ROLE}|{BY_TRADE})"
    + r"(?:数|の人数)?(?:は|が|で|も|だけで|:)?\s?(?:みんなで|全部で|合わせて|合計|総勢)?"
    + r"(?:約|およそ|だいたい|大体|たった|わずか)?\s?$"
)
AFTER_OWN = re.compile(
    r"\s?(?:ほど|くらい|ぐらい|程度|前後|弱|強|ばかり|だけ|のみ|しか)?\s?(?:だけ)?"
    r"(?:(?:で|して)(?:、)?(?:$|。|す(?![ぐる])|や[っり]|営|切り盛り|切盛り|回し|まわし|経営|運営|商売"
    r"|仕事|働|して|店|会社|旅館|[^、。]{0,16}(?:を(?:や|し|営|経営|運営)|(?:店|屋|業|販|室|院|所|カフェ|サロン|塾)やっ[てと]))"
    r"|の(?:、)?(?:小さな|小さい|零細|ちいさな|ちっちゃい|ちっぽけな)?(?:会社|店|お店|企業|旅館|宿|工場"
    r"|町工場|事業所|事務所|所帯|組織|職場|体制|[^、。]{0,6}(?:業|屋|所|店|院|園|社|会社|工場|旅館"
    r"|ホテル))"
    r"|体制|規模|所帯|社長|親方|会社|法人|経営|営業|事務所|(?:お)?店|だけ|いま|い(?:る|て)|お(?:る|り)|働"
    r"|在籍|勤め|しか|やけど|だけど|ですが|です|だ$|や$|$)"
)
FOREIGN_BEFORE = re.compile(
    r"(?:お?客(?:様|さん|さま)?|顧客|会員|組合員|患者(?:さん|様)?|生徒|学生|園児|児童|利用者(?:さん|様)?"
    r"|宿泊客|ユーザー|登録者|入居者"
    r"|会員数|親会社|元請|本社|本部|取引先|グループ|全社|大人|子ども|子供|被害者|来場者|参加者|応募者?"
    r"|フォロワー|読者|購読者?|メルマガ|メールマガジン"
    r"|個人情報|名簿|人口|定員|最大|友達|知り合い|取引先|相手|犯人|子ども|子供|社員の|従業員の"
    r"|スタッフの|パートの|もう|あと|来月|来年|来春|今度|新たに|さらに|追加で|昔|以前|去年|昨年|(?<!板)前"
    r"|当時|創業時|月に?|年に?|日に?|週に?|中の)(?:が|は|で|も|の(?:数)?(?:は|が)?|を|に)?(?:約"
    r"|およそ)?\s?$"
)
FOREIGN_AFTER = re.compile(
    r"\s?(?:ほど|くらい|ぐらい|程度)?(?:分?の(?:個人|顧客|お?客|会員|患者|名簿|データ|情報|生徒|応募"
    r"|利用者|登録|社員が|従業員が)"
    r"|が(?!い|お(?!か)|働|在籍|勤|常|事務|現場)|を|に(?!なり|なっ|増|減|変|戻|縮)|ずつ|ぶん|から(?:の"
    r"|電話|メール)|辞|退職|含|は(?:事務|退職|パソコン)|で(?:使い回|共有|共用|使って|見て|分け)|と(?:名刺"
    r"|交換|会|話)|の(?:村|町|市|取引先|得意先"
    r"|お客|顧客|生徒|患者|会員|団体|宴会|予約|グループに))"
)
# 小売 2人 奈良: one of several keywords.
LISTED_BEFORE = re.compile(r"^[^。]{1,14}[\s、]$")
LISTED_AFTER = re.compile(r"$|[\s、][^。]{0,14}$")
# 在宅で働いている者が2名: a part of the people here.
A_PART = re.compile(
    r"(?:(?:在宅|リモート|テレワーク|退職|休職|育休|産休|辞めた|新人|夜勤|担当|詳しい|わかる|分かる|使える"
    r"|できる|外回り)[^。、]{0,10}"
    r"|[をがに][^。、\s]{1,6}(?:る|た|ない)(?:の?(?:人|者|もん|社員|従業員|スタッフ|職員|方))?)(?:が|は"
    r"|も)\s?$"
)
# 会員の名簿がある、300人くらい: they are counted and not the staff.
COUNTED = re.compile(
    r"名簿|会員|顧客|生徒|患者|利用者|お客|来場|受講|メルマガ|メールマガジン|購読|フォロワー|登録|個人情報|人口|定員|宿泊者|参加"
)
STRONG_AFTER = re.compile(
    r"\s?(?:ほど|くらい|ぐらい|程度)?(?:で(?:や|営|切|回|商|仕事)|の(?:小さ\S{1,2})?(?:会社|店|企業|旅館"
    r"|宿|工場|町工場|事業所|事務所|所帯|組織|職場)|体制|規模)"
)
# 15名(うちパート8名): the eight are among the fifteen.
AMONG = re.compile(r"(?:[(、。]|の|その)うち、?(?:" + ROLE + r")?(?:が|は|で|の)?\s?$")
WITH_FAMILY = re.compile(r"(?:妻|夫|嫁|旦那|主人|家内|女房|息子|娘|父|母|親父|弟|兄|姉|妹)(?:さん)?と\s?$")
AND_OWNER = re.compile(r"\s?と(?:私|僕|俺|自分|わたし|わし|社長)(?!の)")
AND_COUPLE = re.compile(r"\s?と夫婦")
INSTEAD = re.compile(
    r"(?:社員|体制|規模)?(?:です|でした|だよ|や)?(?:、|。|…|・|\s)*(?:あ、?)?(?:いや|もとい|違う|違った"
    r"|ちがった|訂正|間違|まちが)"
    r"|[^。]{0,12}(?:と(?:言|いい|申し|書)|いた(?:けど|が|けれど)|だった(?:けど|が)|でした(?:けど|が)"
    r"|いました(?:けど|が)|おった)"
    r"|(?:社員|体制|規模)?(?:じゃ(?:なく|のう|なか|ない[、。])|では?なく|やなく|ちゃう|でなしに|→|⇒|->)"
)
JOINT = re.compile(
    r"\s?(?:と|、|,|\+|・|に|で|や|プラス|それと|あと|加えて|に加えて|が|\s)*(?:" + ROLE + r"(?:は|が)?\s?)+$"
)
TOTAL = re.compile(
    r"(?:全部で|合計|総勢|合わせて|あわせて|全員で|計|(?:私|僕|俺|わし|自分|夫婦|妻|息子|娘)の)(?:は"
    r"|で)?(?:約|およそ)?\s?$"
)
OWNER_AND = re.compile(
    r"(?:私|僕|俺|自分|わたし|わし|社長)(?:1人|一人)?(?:と|、)(?:あと)?" + ROLE + r"(?:が|は)?\s?$"
)
COUPLE_ALONE = re.compile(
    r"夫婦経営|夫婦(?:だけ|のみ|二人|2人|ふたり)?で(?=[^、。]{1,8}を(?:や|し|営|経営)|や|営|切り盛り|経営"
    r"|商売|店"
    r"|小さ|$|です|し[てと])"
)
ALONE = re.compile(
    r"(?:私|わたし|わたくし|俺|おれ|オレ|僕|ぼく|わし|自分|社長|店主|おいら)(?:1人|一人|ひとり"
    r"|独り)?(?:だけ|のみ|きり|1人|一人|ひとり)"
    r"(?=$|[、。\s]|なん(?:です|だ|や)|です(?!か)|だ(?:よ|わ|けど|が|ね|な|$)|や(?!ろ|られ|った)"
    r"|で(?:す(?!か)|や|営|切|回"
    r"|して|商|$|、|。)|しか(?:い|お)|の(?:会社|店|事務所))"
)
# 人は雇っていません, 従業員ゼロ; not パソコンに詳しい人はいません.
NOBODY = re.compile(
    r"(?:(?:^|[、。\s]|うちは|当社は|個人事業(?:主)?で|フリーランスで|今は)(?:従業員|社員|スタッフ"
    r"|社員さん|職員|バイト)(?:は|が|を|も)?\s?(?:誰も|だれも|1人も|一人も)?\s?"
    r"(?:雇って(?:い)?(?:ま(?:せん|へん)|ない|おりません|おらん)|いま(?:せん|へん)|いない|おら(?:ん|へん"
    r"|ず)|おりません|ゼロ|0(?!\d)|なし))"
    r"|人(?:は|を)?雇って(?:い)?(?:ま(?:せん|へん)|ない|おりません|おらん)"
)
FAMILY = (
    r"(?:妻|嫁(?:さん)?|家内|女房|奥さん|かみさん|カミさん|夫|旦那|主人|息子|娘|父|母|親父|おやじ|お袋"
    r"|おふくろ|祖父|祖母|兄|弟|姉|妹|長男|次男|長女|次女|せがれ|倅)(?:さん)?"
)
MYSELF = r"(?:社長の)?(?:私|わたし|俺|おれ|僕|わし|自分|社長|店主)"
BOTH = r"(?:(?:息子|娘|若|老|兄|弟|姉|妹)?夫婦|両親)"
HIRED = rf"(?:{ROLE})(?:が|は)?\s?(?:\d+|[{KANJI}]+)[人名]"
MEMBER = rf"(?:{MYSELF}|{FAMILY}|{BOTH}|{HIRED})"
AND = r"(?:\s?(?:と|、|,|・|に|それに|あと|\+)\s?)"
# 私と妻と息子, 家内と私とパート2人: who works here, one by one.
HOUSEHOLD = re.compile(rf"(?P<all>{MEMBER}(?:{AND}{MEMBER})+)(?P<rest>.{{0,12}})")
ONE_BY_ONE = re.compile(rf"(?P<both>{BOTH})|(?P<hired>{HIRED})|{FAMILY}|{MYSELF}")
WORKING = re.compile(
    r"(?:だけ|のみ)?(?:$|[。、]|です(?!か)|だ(?:けど|よ|$)|や(?:$|で|ねん)|で(?:す(?!か)|や[っり]|営|切|回"
    r"|して|商|働|$|。|、)|で[^、。]{1,8}を|の(?:[二三四五六七八九\d]人|ふたり|店|会社)|が(?:社員|従業員|働))"
)
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
    if household := None if corrected else _household(text, counts):
        return household
    if not counts:
        return _without_number(text)
    if len(counts) == 1:
        return counts[0]
    for count in counts:
        if TOTAL.search(text[: count.start]):
            return count
    return _sum(text, counts)


def _without_number(text: str) -> Headcount | None:
    """夫婦で, 私だけ, 従業員ゼロ."""
    for said, people in ((COUPLE_ALONE, 2), (NOBODY, 1), (ALONE, 1)):
        if found := said.search(text):
            return Headcount(*found.span(), people)
    return None


def _household(text: str, counts: list[Headcount]) -> Headcount | None:
    """Those named one by one, where they are all and no total is given behind them."""
    for found in HOUSEHOLD.finditer(text):
        members = list(ONE_BY_ONE.finditer(found["all"]))
        hired = [member["hired"] for member in members if member["hired"]]
        total = any(found.end("all") <= count.start <= found.end() for count in counts)
        if total or len(hired) == len(members) or not WORKING.match(found["rest"]):
            continue
        people = sum(2 if member["both"] else _number_in(member["hired"]) for member in members)
        has_owner = any(re.search(rf"{MYSELF}|夫婦", member[0]) for member in members)
        return Headcount(*found.span("all"), people + (0 if has_owner else 1))
    return None


def _number_in(hired: str | None) -> int:
    number = re.search(NUMERAL, hired) if hired else None
    return (value_of(number[0]) or 1) if number else 1


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
    found = [*COUNT.finditer(text, begin), *BARE.finditer(text, begin), *ARROW.finditer(text)]
    places = {match.start("number") if match["number"] else match.start(): match for match in reversed(found)}
    counts = [_count(text, places[place]) for place in sorted(places)]
    return [
        count
        for count in counts
        if count and not any(low < count.end and count.start < high for low, high in blocked)
    ]


def _count(text: str, match: re.Match[str]) -> Headcount | None:
    groups = match.groupdict()
    people = WORDS.get(groups.get("word") or "") or _value(groups["number"])
    start = match.start("number") if groups["number"] else match.start()
    if not people or (start and text[start - 1].isdecimal()):
        return None
    before, after = text[:start], text[match.end() :]
    if not _is_own(before, after, people):
        return None
    return Headcount(start, match.end(), people + _owners(before, after))


def _value(numeral: str | None) -> int | None:
    if not numeral:
        return None
    return spoken_value(numeral) if "ぁ" <= numeral[0] <= "ん" else value_of(numeral)


def _owners(before: str, after: str) -> int:
    """The owner or the couple, where they are named beside the staff: 私とパート2人."""
    if OWNER_AND.search(before) or AND_OWNER.match(after):
        return 1
    return 2 if COUPLE_AND.search(before) or AND_COUPLE.match(after) else 0


def _is_own(before: str, after: str, people: int) -> bool:
    if FOREIGN_BEFORE.search(before) or FOREIGN_AFTER.match(after) or A_PART.search(before):
        return False
    if AMONG.search(before) and COUNT.search(before):
        return False
    if (
        not BEFORE_OWN.search(before)
        and COUNTED.search(_clause_before(before))
        and not STRONG_AFTER.match(after)
    ):
        return False
    if people > 2 or BEFORE_OWN.search(before) or WITH_FAMILY.search(before):
        return True
    if LISTED_BEFORE.search(before) and LISTED_AFTER.match(after):
        return True
    # ひとりで悩んで, 2人に聞いた: one or two people are often no headcount.
    return bool(AFTER_OWN.match(after))


def _clause_before(before: str) -> str:
    """The clause the number stands in and the one before it."""
    return "、".join(re.split(r"[、,]", re.split(r"[。!?]", before)[-1])[-2:])


def _sum(text: str, counts: list[Headcount]) -> Headcount | None:
    first, *others = counts
    total, end = first.people, first.end
    for other in others:
        if not JOINT.match(text[end : other.start]):
            return None
        total, end = total + other.people, other.end
    return Headcount(first.start, end, total)
