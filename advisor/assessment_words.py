"""How owners answer 「…していますか」 in bare words: yes, no, can't tell; and what reads such tables.

The patterns meet a clause as `knowledge.words.normalise` leaves it: half width, small letters, no spaces; so
white space only parts the entries of a table. Owners write as they speak, hence so many dialects.
"""

import re


def either(table: str) -> str:
    return f"(?:{'|'.join(table.split())})"


# what may stand behind a predicate and changes nothing
TAIL = (
    either(
        """です でした ます だ じゃ や の ん よ ね な わ ぞ で さ ばい たい けん けえ けぇ っちゃ がね がな が
    べ ねん っす す ってば っちゅうに って ー わい とも とよ もん ばってん え あ ぁ ぇ やんか じゃんか
    じゃん けど から のう ら っせ お願いします でお願いします に しときます [👍👌✨😊🙇💦😅🙏😓😢😭]"""
    )
    + "*$"
)


BARE_TAIL = (
    either(
        """です でした だ や じゃ よ ね な わ ぞ で でーす さ ー ~ って(?:ば)? とも [👍👌✨😊🙇💦😅🙏😓😢😭]
    でお願いします お願いします で に しときます っす けん ばい たい がね のう あ ぁ"""
    )
    + "*"
)


def ends(table: str) -> re.Pattern[str]:
    """A clause that ends so."""
    return re.compile(either(table) + TAIL)


def bare(table: str) -> re.Pattern[str]:
    """A word of its own, in the few shapes that a bare answer takes; 「そうなんですね」 is none."""
    return re.compile(f"^{either(table)}+{BARE_TAIL}$")


def whole(table: str) -> re.Pattern[str]:
    """A clause that is nothing else."""
    return re.compile(f"^{either(table)}+{TAIL}")


def within(table: str) -> re.Pattern[str]:
    return re.compile(either(table))


# the forms of a verb behind its stem: している, しとる; していない, しとらん
DOES = either("て(?:い)?(?:る|ます) とる とります")
DOESNT = either("て(?:い|おり)?(?:ない|ません) とらん てへん")
ISNT = either("(?:では|じゃ)(?:ない|なか|ありません|あらへん)")
THERE_IS = either("ある あります ございます ござります")

# ---- what may stand around an answer and says nothing of its own

SCOPE = (
    either(
        """本社 本店 支店 事務所 店 家 工場 現場 スマホ 携帯 電話 パソコン 機械 サーバー? パート 正社員 社員
    社長 若いもん 若い人 経理 私 わし 俺 紙 書類 データ usb"""
    )
    + "(?:で|に)?(?:は|も)"
)
# no entry is made of others: a long text would be tried in too many ways
SOFT = (
    either(
        """はい うん ええ もう まだ すでに 既に ちゃんと きちんと しっかり よく うまく ずっと いつも 常に 必ず
    毎日 毎週 毎月 毎回 毎朝 全部 ぜんぶ 全て すべて みんな 全員 誰 だれ 全然 ぜ[ーん]*ぜん 全く まったく
    一切 さっぱり からっきし ちっとも 何 なに なん な[ーん]{2,} 特に とくに 別に べつに そんなん? こんな
    こと もん そこまで それ これ そこ ここ そう そのように そげな とか など うち 当社 弊社 会社 総務 私
    わし 俺 自分 社員 担当者? 息子 業者 税理士 さん ところ 今 いま 昔から 去年から 前から 年も前から
    開業から 先月から 去年 先月 今年 春に そりゃ 当然 もちろん 言われなくても きっちり とっくに こまめに
    自動で ばっちり バッチリ 抜かりなく 当番制で 誰か [週月年日]に[一1二2]?(?:度|回)
    (?:月曜|火曜|水曜|木曜|金曜|土曜) 正直 問題なく 十分 なんとか ほぼ ほとんど 欠かさず 忘れずに よう 一度
    一回 あと パソコン ソフト ウイルス 対策 面倒 手 大変 残念ながら そのうち いつか 前は 昔は 以前は の は
    が を も に で と や"""
    )
    + "*"
)
ADVERBS = (
    either(
        """もう まだ すでに 既に ちゃんと ずっと いつも 常に 必ず 全然 ぜ[ーん]*ぜん 全く まったく 一切 何
    なに なん 特に とくに 別に べつに それ これ そこ そう うち 一度 今のところ 当社 弊社 そんなん? もん で に
    は も の が"""
    )
    + "*"
)

# ---- the bare words

YES = bare(
    """は(?:い(?!いえ)|ぃ|ー)+ ハイ はぁい うん ええ+ えぇ ^ああ(?!あ) お+う へい もちろん 勿論 当然
    当たり前 あたりまえ(?:だろ)? そう その通り せや(?=で|$) そや(?=で|$) んだ(?!ば) そうたい ほうよ yes
    イエス ok オッケー オーケー [👍👌⭕○◯〇]+ まる ばっちり バッチリ 完璧 万全"""
)
NO = bare(
    """い+え イイエ いや ううん うんにゃ いんや no ノー [×✕✖❌👎]+ ばつ バツ だめ ダメ あかん
    ぜんぜんあかん ゼロ"""
)
# 「いや、やってるよ」 denies what was expected, not what was asked
SOFT_NO = bare("いや")
# taken back when more is said: 「大丈夫、やってる」
FAINT = bare("まあ まぁ 大丈夫 そうです?(?=ね|な) せやな そうだ?ね そうね")
# they answer us, not the question
ACK = whole(
    """わかりました 分かりました 承知(?:し)?(?:まし)?(?:た)? 了解(?:しました|です)? お願いし どうぞ こんにちは
    ありがとう(?:ございます|ございました)? なるほど はじめまして こちらこそ どういたしまして 助かりました
    どうも もしもし"""
)
# they sound like an answer and are none
IDLE = within(
    """しょうがない しゃあない 仕方(?:が)?ない 関係(?:は)?(?:ない|ありません)(?:です|ので|から|し|と思う)*$
    必要(?:は)?ない (?:会社|商売|店|うち|仕事)を(?:やっ|し) 意味(?:が)?ない 問題(?:は)?(?:ない$|ありません)
    該当 対象外 (?:家族|夫婦|私|一人)だけ$ 6問 短い(?:ほう|方) 最初から 診断 (?:問い|質問|設問)$"""
)
# 「はい、と言いたいところですが」「いいえ、そうじゃなくて」
TAKEN_BACK = within(
    "そうじゃな そういう(?:こと|意味|話)じゃ ^(?:違|ちが)(?:う|い) と言いた といいた (?:機械|設備|もの|人)は$"
)

# ---- can't tell

UNKNOWN_ENDS = either(
    """解(?:ら|り)(?:ない|ません|ん)
    [分わワ][かカ](?:ら|り|れ|ん|ラ)(?:ない|ません|ん|へん|ねえ?|ナイ|かねます|んかった|なかった) わがんね
    わがらね わかんね 分かりかねます 知ら(?:ない|ん|ね|へん) しらん 知りません しりません
    存じ(?:上げ)?ません 把握(?:は)?(?:でき|し)(?:て(?:い)?ない|て(?:い|おり)?ません|とらん) 不明 未確認
    覚えて(?:い)?(?:ない|ません) 覚えとらん 聞か(?:ない|ん)と 聞いてみないと 調べないと 確認しないと
    見てみないと (?<=に)聞いてください [分わ]かりませーん (?<=なんとも)言えません"""
)
UNKNOWN_ABOUT = (
    either(
        """はい うん いや それ これ うち 私 わし 自分 には では は が も の で さあ まあ ちょっと よう? よく
    全然 全く まったく さっぱり ちっとも 正直 担当者?に 息子に 業者に 総務に 社員に 誰か
    (?:私|わし|俺)じゃ .{1,5}じゃないと
    .{1,8}に聞(?:か(?:ない|ん)|いてみない)と .{1,8}探さないと おらには (?:そんなん)?聞かれても
    たぶんも何も 今すぐ 誰も わしゃ .{0,8}(?:どう)?か なんとも 確認してみないと 確認しないと 聞いてみないと
    聞か(?:ない|ん)と 調べないと .{0,8}見(?:てみ)?ないと .{0,8}見んと .{0,10}までは?
    .{0,10}任せ(?:て(?:い)?る(?:から|ので)|っぱなしで|っきりで|きりで) そのへん
    (?:業者|人)?(?:任せ|まかせ)(?:っ?きり|て(?:い)?るから|で)* 業者 人 誰がやっ(?:て(?:い)?る|とる)か
    どうなっ(?:て(?:い)?る|とる)の?か (?:機械|パソコン|スマホ)(?:のこと)? 苦手
    .{0,12}(?:て(?:い)?る|とる|てある|た|最新|の|ん)か(?:どうか)?"""
    )
    + "*"
)
UNKNOWN = re.compile(f"^{UNKNOWN_ABOUT}{UNKNOWN_ENDS}+{TAIL}")
# asked how, not whether
HOW = within("(?:何|なに)(?:を|から) (?:どう|どこ)(?:すれ|したら|やっ|を|で) (?:仕|や)り?方 方法 手順 順番")
