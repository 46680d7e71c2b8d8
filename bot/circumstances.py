"""What a company does, yes or no: customers' data, work from home, own phones, customers' demands.

Read as entities, so that a choice can carry the same facts as a sentence does. A question about
one of them (「在宅勤務の注意点は」) or a plan (「始めたい」) tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

YES, NO = "yes", "no"
CLAUSE = re.compile(r"[^。、,!?\n]+[?]?")
# 「扱っているけど、どこまで？」: what is told ends where the question begins.
JOINT = re.compile(
    r"(?<=[るたいすんだ])(?:のです|んです|です|のだ|んだ)?(?:けれど|けど|が)|(?<=[るたいす])(?:ので|から"
    r"|し)(?=.)"
)
ASKS = re.compile(
    r"[?]$|(?:です|ます|でしょう|せん|ない|いい|べき|もの)か(?:ね|な)?$|とは$|って(?:何|なに|なん|どう"
    r"|必要|危|大丈夫|いい|OK|ok)|(?:は|って)$|どう|何を|なにを|いつ|教えて|方法|やり方|注意|ルール|規程"
    r"|とき(?:は|の|どう)|場合|なら(?!あ)|たら|れば"
    r"|たい(?:$|です|と|ん|ので)|てもいい|ていい|する予定|るつもり|するには|始め|検討|べき|必要|補助|事例"
    r"|割合|どのくらい|どれくらい|法(?:律)?$"
)
DENIES = (
    r"(?:ない|ません|なし|無し|へん|ねえ|ねぇ|なか(?!った?ら)|おらん|とらん|てまへん|ありゃせん"
    r"|しとらん|ゼロ)"
)

WHOSE = (
    r"(?:お?客(?:様|さま|さん)?|顧客|会員|患者|生徒|園児|利用者|入居者|宿泊者?|契約者|保護者|入所者|応募者"
    r"|購入者|施主|組合員|エンドユーザー|ユーザー|予約)(?:様|さま|さん)?(?:の|から)?"
)
WHAT = (
    r"(?:個人情報|名簿|リスト|情報|データ|ご?住所|電話番号|電話|連絡先|台帳|カルテ|名前|氏名|写真|履歴"
    r"|メールアドレス|申込書|アンケート)"
)
PERSONAL = (
    rf"(?:個人情報|個人のデータ|{WHOSE}{WHAT}|名簿|カルテ|マイナンバー|履歴書|問診票|会員カード|顧客台帳"
    rf"|カード(?:番号|情報)|宿帳|予約台帳|レセプト)"
)
KEPT = (
    r"(?:あ(?:る|り|って|っと)|ござい|持って|もっと|もっち|預か|あずか|扱って|扱っと|扱い(?:ます|まし|が)"
    r"|取り扱(?:って|っと|う|い(?:ます|まし|が))|管理し|保管し|メモし|メモっ|控えて|もらって|書いて|入って"
    r"|入れて|残って|残し|保存し|集めて"
    r"|聞いて|とってあ|取って(?:い|お|る|ま)|紙(?:で|に|の)|全部紙|パソコンで|エクセルで|使って|たくさん)"
)
TAKEN_DOWN = (
    r"(?:名前|氏名|電話番号|住所|連絡先|メールアドレス)を?\S{0,6}"
    r"(?:聞い|メモし|控え|書い|もらっ|登録し|いただい|預かっ)(?:て(?:い|お|る|ま)|と[るり])"
)
HAS_DATA = re.compile(rf"{PERSONAL}.{{0,14}}?{KEPT}|{TAKEN_DOWN}")
HAS_NO_DATA = re.compile(
    rf"(?:個人情報|個人のデータ|{WHOSE}{WHAT}|名簿|顧客台帳).{{0,12}}?(?:(?:扱|預|持|もっ|取り扱|保管|集め"
    rf"|もらっ|残し|使っ|聞い)\S{{0,6}}{DENIES}|(?:は|も|が|なんて|とか|など)?\s?(?:ない|なし|ありません"
    rf"|ございません|あらへん|無し|無い|ゼロ))"
)
LEAKED = re.compile(r"漏|流出|盗|紛失|なくし|無くし|消え|誤送|送って(?:しま|もう)|見られ")

HOME = (
    r"(?:テレワーク|在宅(?:勤務|ワーク|の(?:人|社員|者|スタッフ))?|リモート(?:ワーク|勤務)?|フルリモート"
    r"|(?:家|自宅|うち)(?:で|から)の?(?:仕事|作業|パソコン|働|記録|入力)|仕事を家に持ち帰)"
)
WORKS_AT_HOME = re.compile(
    rf"{HOME}.{{0,14}}?(?:して(?:い|お|る|ま|ん)|しと[るり]|してる|やって(?:い|お|る|ま)|やっと|働い|(?:が"
    rf"|は|も)?(?:ある|あり|い(?:る|ます)|おる|おり)|あり$|認め|導入し(?:て|た)|中$|です|メイン|中心|がち"
    rf"|者が|多い|している|\d+人|\d+名)|フルリモート|全員リモート|(?:家|自宅)で(?:やって|仕事して"
    rf"|働いて)(?:い|る|お|ま)|週\S{{1,3}}(?:回|日)?(?:は)?(?:リモート|在宅|テレワーク)"
)
WORKS_IN_HOUSE = re.compile(
    rf"{HOME}.{{0,14}}?(?:(?:し|やっ|やら|でき|認め|さ)\S{{0,5}}{DENIES}|(?:は|も|が)?\s?(?:なし|ない"
    rf"|ありません|無し|ゼロ|いない|いません|おりません|おらん)|やめ|禁止|一切)|(?:全員|みんな"
    rf"|毎日)\S{{0,8}}出社|出社(?:のみ|だけ)|出勤してい?ます"
)

DEVICE = (
    r"(?:スマホ|スマートフォン|携帯(?:電話)?|ケータイ|パソコン|ＰＣ|PC|pc|端末|タブレット|iPhone|アイフォン)"
)
OWN_DEVICE = (
    rf"(?:(?:私物|自前|個人|私用|マイ)(?:の|所有の|持ちの)?{DEVICE}"
    rf"|(?:自分|各自|めいめい|従業員|社員|スタッフ|職員|店員|みんな)(?:所有|持ち)?の{DEVICE}|BYOD|byod)"
)
USES_OWN = re.compile(
    rf"{OWN_DEVICE}\S{{0,4}}(?:で|を|に|から)(?:の)?.{{0,12}}?(?:仕事|業務|連絡|LINE|line|ライン|メール"
    r"|使って|使っと|使う|使わせて(?:い?る|ます|お)|やって|やりと|注文|見て|予約|受けて|電話|撮)"
    rf"|{DEVICE}(?:は|も|が)?\S{{0,6}}(?:自前|私物|個人(?:持ち|のもの|所有)|(?:自分|各自|各々|おのおの|めいめい|それぞれ|本人|個々)の(?!判断|責任|机))"
    rf"|(?:BYOD|byod)(?:で|を|です)|(?:私物|自前)(?:の{DEVICE})?(?:です|だ|を使)"
)
USES_FIRMS = re.compile(
    rf"(?:会社|うち|店)(?:から|で|が)?の?{DEVICE}を?\S{{0,8}}"
    r"(?:支給(?:し|です)|貸(?:して|与し|与です|し出して)|渡し(?:て|ま)|持たせて|配(?:って|布し))"
    rf"|{DEVICE}は会社の(?:を|もの|が)"
    rf"|{DEVICE}\S{{0,10}}(?:支給(?:です|し|$)|貸与(?:です|し|$)|会社(?:の|から|が|で)(?:もの|貸し|用意|買))"
    rf"|(?:私物|{OWN_DEVICE}).{{0,8}}?(?:禁止|(?:使わせ|使っ|使い|認め|許可し)\S{{0,4}}{DENIES}"
    r"|(?:は|も)?(?:ない|なし|ありません))|(?:BYOD|byod).{0,6}(?:禁止|なし|してい?ない|してません)"
)

PARTNER = (
    r"(?:取引先|得意先|元請け?|親会社|発注元|発注者|納品先|納入先|客先|荷主|大手|メーカー|クライアント|本部"
    r"|お?客(?:様|さん)?)(?:さん|様|企業)?"
)
CONSUMER = re.compile(r"お?客(?:様|さん)?")
INCIDENT = re.compile(
    r"ウイルス|迷惑|なりすまし|変な|おかしい|怪し|不審|感染|漏れ|振込|振り込|口座|請求書|偽|届いていない"
    r"|クレーム"
    r"|苦情|やられ|飛ばされ|表示|開けない"
)
SAFETY = re.compile(
    r"対策|セキュリティ|isms|pマーク|プライバシーマーク|認証|チェック|体制|scs|星|取得|宣言|security|誓約"
    r"|規格|シート|票",
    re.IGNORECASE,
)
PAPER = (
    r"(?:チェック(?:シート|リスト|表)|アンケート|調査票|確認書|質問票|質問状|誓約書|要請|依頼書|要求"
    r"|お願い|自己点検"
    r"|条件|シート|セキュリティ(?:対策)?の(?:紙|書類|依頼|確認|シート))"
)
# 求められたら, 求められたことは: not yet.
SAID = r"(?!た(?:ら|こと)|る(?:こと|もの|の|と|か))"
DEMANDED = re.compile(
    rf"{PARTNER}(?:から|に|が|より|の方から|側から).{{0,24}}?(?:(?:求め|要求さ|言わ|頼ま|聞か|迫ら"
    rf"|問わ)(?:られ|れ){SAID}"
    r"|要求が|催促)"
    rf"|{PARTNER}(?:から|が|より|の方から|側から).{{0,24}}?(?:求めて(?:き|く|い)|要求して|言って(?:き|く)"
    rf"|言うて"
    r"|(?:出|示|取|や|し)(?:せ|れ|ろ|してくれ|ってくれ)(?:と|って|言|いう))"
    rf"|{PARTNER}(?:から|に|が|より).{{0,16}}?{PAPER}.{{0,6}}?"
    r"(?:来|き(?:た|て|ま)|届|送られ|渡され|出され|もら|ある|あり|求|回って)"
    rf"|{PARTNER}(?:から|に)?の{PAPER}(?:が|を)(?:ある|あり|来|届|求|出|書)"
)
NOT_DEMANDED = re.compile(
    rf"{PARTNER}(?:から|に|が|より|の方から)?(?:は|も)?.{{0,20}}?(?:求め|要求|言わ|頼ま|聞か|要請"
    rf"|依頼)\S{{0,10}}?"
    rf"(?:{DENIES}|ことはない|ことがない|ことはありません|ことがありません)"
    # うちは何も言われていない
    r"|(?:うち|ウチ|当社|弊社|わたしら|私ども)(?:のほう|の方)?(?:は|には?)、?\S{0,6}?(?:何も|なんも|なにも|なんにも|何ひとつ|特に|とくに|別に|べつに)"
    rf"\S{{0,4}}?(?:求め|要求|言わ|言われ|いわ|頼ま)\S{{0,6}}?{DENIES}"
)
# テレワークをしている会社は何割: told of others.
OF_OTHERS = re.compile(
    r"(?:い?る|た)?[^。、]{0,2}?(?:会社|企業|事業者|ところ|店|割合)(?:は|の|が|だと|何|って|も)"
    r"|た?」?という|(?:比率|割合)"
)
# テレワークは、コロナの時だけで今はやってない
NOT_NOW = re.compile(
    rf"{HOME}.{{0,30}}今は\S{{0,6}}{DENIES}|{HOME}[?。、]\s?(?:うちは|ここは)(?:ない|なし|やって(?:い)?ない"
    rf"|して(?:い)?ない)"
)
# お客さんの住所とか、そういうのは一切ない
NO_SUCH = re.compile(rf"{PERSONAL}[^。]{{0,12}}(?:そういう|そんな)(?:の|もの)は[^。]{{0,6}}{DENIES}")
NOT_KEPT = re.compile(rf"[てっ]?(?:い|お)?{DENIES}")


@dataclass(frozen=True, slots=True)
class Told:
    """One of the four facts, yes or no, and where the text says so."""

    fact: str
    start: int
    end: int
    value: str


FACTS = (
    ("personal_data", HAS_DATA, HAS_NO_DATA),
    ("telework", WORKS_AT_HOME, WORKS_IN_HOUSE),
    ("byod", USES_OWN, USES_FIRMS),
    ("customer_demands", DEMANDED, NOT_DEMANDED),
)


def circumstances(text: str) -> list[Told]:
    """What a text tells of the four, the later word on each."""
    found = {told.fact: told for start, clause in _clauses(text) for told in _told(clause, start)}
    if given_up := NOT_NOW.search(text):
        found["telework"] = Told("telework", *given_up.span(), NO)
    if none_such := NO_SUCH.search(text):
        found["personal_data"] = Told("personal_data", *none_such.span(), NO)
    return sorted(found.values(), key=lambda told: told.start)


def _clauses(text: str) -> Iterator[tuple[int, str]]:
    for clause in CLAUSE.finditer(text):
        begin = clause.start()
        for joint in JOINT.finditer(clause[0]):
            yield begin, text[begin : clause.start() + joint.start()]
            begin = clause.start() + joint.end()
        yield begin, text[begin : clause.end()]


def _told(clause: str, start: int) -> Iterator[Told]:
    for fact, affirms, denies in FACTS:
        denied = denies.search(clause)
        found = denied or affirms.search(clause)
        if found and not ASKS.search(clause) and not _misleads(fact, clause, clause[found.end() :], denied):
            yield Told(fact, start + found.start(), start + found.end(), NO if denied else YES)


def _misleads(fact: str, clause: str, after: str, denied: re.Match[str] | None) -> bool:
    """Other companies, a leak or a complaint: nothing of what is usual here."""
    if OF_OTHERS.match(after):
        return True
    if fact == "personal_data":
        return bool(LEAKED.search(clause)) or bool(not denied and NOT_KEPT.match(after))
    if fact != "customer_demands" or denied or SAFETY.search(clause):
        return False
    return bool(INCIDENT.search(clause) or CONSUMER.search(clause))
