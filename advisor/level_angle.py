"""From which side an owner asks how much is enough: the least, the money, the order, a doubt, a customer."""

import re
import unicodedata
from enum import Enum

from advisor.exchange import Question


class Angle(Enum):
    """What the answer opens with or is about; the values are what a choice carries as its aspect."""

    EFFORT = "effort"
    MISSING = "missing"
    PEERS = "peers"
    PAYS = "pays"
    LADDER = "ladder"
    WHY = "why"
    DUTY = "duty"
    NOT_TARGETED = "not_targeted"
    NO_DATA = "no_data"
    BUDGET = "budget"
    FREE = "free"
    ONE = "one"
    MINIMUM = "minimum"
    CAN_WAIT = "can_wait"
    NEXT_STEP = "next_step"
    CUSTOMER = "customer"
    SIZE = "size"
    NOT_ALL = "not_all"
    ENOUGH = "enough"
    NEEDED = "needed"
    USUAL = "usual"


# The first that is found in the text; the order tells which wins where several stand in it.
NOT = r"(な[いくかしん]|無[いし]|へん|[とお]らん|あらへん|ませ)"
PATTERNS: list[tuple[Angle, str]] = [
    (
        Angle.LADDER,
        r"(段階?|レベル|水準|はしご).{0,6}(全部|全体|一覧|種類|いくつあ|何段)|どんな(段|レベル|水準)",
    ),
    (
        Angle.DUTY,
        r"義務(な|じゃ|では|で[もす]|が|は|って|と[か違]|化)|法律(で|上|的に).{0,8}(決|きま|義務|必要|やら|せな)"
        r"|(?<!処)罰(則|金)?(とか|は|が|って|も|を|なんて)?.{0,4}(ある|あり|あん|受け|うけ)",
    ),
    (Angle.NOT_TARGETED, rf"(狙|ねら)(わ|う|っ).{{0,4}}({NOT}|物好き|もん|もの|物|価値|理由)"),
    (Angle.NOT_TARGETED, rf"(攻撃|サイバー|ハッカー).{{0,10}}(され|来|こ|受け|相手に).{{0,3}}{NOT}"),
    (
        Angle.NO_DATA,
        r"^(?!.*(会社と|違い)).*(情報|じょうほう|データ|名簿|秘密|(盗|取)(まれ|られ)る.{0,4}(もの|もん|物))"
        rf"(は|も|なん(て|か|ぞ)|が|を|とか|など|って|らしい).{{0,10}}{NOT}",
    ),
    (Angle.NO_DATA, rf"関係{NOT}"),
    (
        Angle.FREE,
        r"(お金|費用|予算|コスト|銭).{0,4}(かけ(ず|ん|な|へ|られ)|かから|ゼロ)|(お金|予算|銭)[がもは]?(な[いか]|無)"
        r"|無料|ただで|タダ|お金をかける.{0,6}以外",
    ),
    (
        Angle.EFFORT,
        r"手間.{0,6}(かか[りるっん]|ど[のれん]|いくら|なんぼ|[くぐ]らい)|(ど[のれん]|[くぐ]らい).{0,5}(時間|手間)"
        r"|時間.{0,4}(かか[りるっん]|ど[のれん])|何(時間|日)",
    ),
    (
        Angle.BUDGET,
        r"いくら|なんぼ|予算|よさん|ヨサン|費用|総額|金額|コスト(?!パ)|年商|売上|売り上げ|相場|お金|出費|投資(?!はした)"
        r"|円(で|しか|くらい|ぐらい|の枠)",
    ),
    (Angle.WHY, r"(なぜ|なんで(?!す|しょ)|どうして|何で|理由|根拠)(?!もいい)"),
    (Angle.ONE, r"((ひと|一|1)つ|[一1]個)(だけ|なら|選|やる)"),
    (
        Angle.CAN_WAIT,
        r"後回し|あとまわし|(後|あと)でい|やらなくて|手抜き|減らして|省い|省け|急がな|要らない(もの|の)|断って",
    ),
    (
        Angle.NEXT_STEP,
        r"(一段|ひとつ|一つ|もっと|1つ)上|その先|次は?(の|どの)段|段.{0,4}次|上を目指",
    ),
    (Angle.CUSTOMER, r"[★☆]\s*\d|(星|ほし)\s*[1-5三四]|[三四]つ星|SCS|ISMS|Pマーク|認証|取引を続け"),
    (
        Angle.CUSTOMER,
        r"(取引先|元請|得意先|親会社|発注元|納入先|納品先).{0,14}(恥|説明|見せ|示|迷惑|文句|要求|求め|言わ)",
    ),
    (Angle.MINIMUM, r"最低|最小|さいてい|サイテイ|ミニマム|これだけ(は|やって)|せめて|必要な(もの|こと)だけ"),
    (
        Angle.NOT_ALL,
        r"(全部|ぜんぶ|すべて|全て|あれもこれも).{0,10}(やる|する|必要|要る|いる|やら|せな|しな|無理|でき)",
    ),
    (
        Angle.ENOUGH,
        r"これ(だけ|で|やれば).{0,10}(大丈夫|十分|じゅうぶん|足り|いい|ええ|安心)|もう(十分|大丈夫)",
    ),
    (Angle.ENOUGH, r"(このまま|今の).{0,10}(大丈夫|十分|足り|いい)"),
    (
        Angle.PEERS,
        r"(同業|他社|よそ|(ほか|他)の会社|周り|まわり|みんな|普通の会社)\S{0,6}(どこまで|ど(の|れ)くらい|何を|やっ|して)",
    ),
    (Angle.SIZE, r"人.{0,6}(を超え|増え(たら|ると)|だと話|になったら)|(規模|人数).{0,8}(変わ|違|関係|上が)"),
    (
        Angle.NEEDED,
        r"(セキュリティ|対策|備え|こういうの)(なんて|なんか|って|とか|は|も)?.{0,4}"
        r"(必要|要る|要ります|いるん|いります)(なの|な|ん)?(です)?(か|の|かな|かね)?[?。]*$",
    ),
    (Angle.NEEDED, r"(何|なに|なん)も(し|せ|や).{0,4}(な|ん|へん).{0,4}(いい|ええ|よか|平気|大丈夫)"),
    (
        Angle.NEEDED,
        r"^(?!.*(どこまで|程度|何から)).*(でも|にも|のに|みたいな).{0,16}"
        r"(やらな(あかん|きゃ|いと|いけ|ければ)|せな(あかん|いか)|せんと|必要|要る|いるん|いります|やるん|ならん)",
    ),
]
# A doubt whether it concerns the company at all.
DOUBTS = {Angle.DUTY, Angle.NOT_TARGETED, Angle.NO_DATA, Angle.NEEDED}
# Money for the whole, and not for the three things just told.
ON_THE_WHOLE = re.compile(r"全部|ぜんぶ|全体|総額|予算|年|売|相場|月|普通|妥当|投資|予さん|よさん|円")
COMPILED = [(angle, re.compile(pattern)) for angle, pattern in PATTERNS]


def angle_of(question: Question) -> Angle:
    """The one that a choice carries, or whose words stand in the text; USUAL where there are none."""
    asked_for = next(iter(question.words("aspect")), "")
    if asked_for in {angle.value for angle in Angle}:
        return Angle(asked_for)
    text = unicodedata.normalize("NFKC", question.text)
    found = next((angle for angle, pattern in COMPILED if pattern.search(text)), Angle.USUAL)
    last = question.state.last
    if found is Angle.BUDGET and last and last.topic == "level" and not ON_THE_WHOLE.search(text):
        return Angle.EFFORT
    return found
