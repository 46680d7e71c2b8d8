"""How a password is announced in Japanese, what may stand before it, and what follows one.

All patterns read NFKC text. Repeats are bounded or possessive, so none can run away on a long message.
"""

import re

from api.conversations.typed_numbers import COUNTED

KEYWORD = re.compile(
    r"""(?:
      パスワ(?:ー?[ドト]|(?![ァ-ヶー]))
    | ぱすわーど | (?<![ぁ-ん])ぱす(?=[はが:=]\s?[!-~]) | パス(?:コード|フレーズ|ナンバー)
    | (?:ログイン|ワンタイム|メール|メアド|アカウント|ルータ|ー|ファイ|PC|ID)パス(?![ァ-ヶーA-Za-z])
    | (?<![ァ-ヶーA-Za-z])パス(?![ァ-ヶーA-Za-z])
    | 暗証(?:番号|コード)? | あんしょうばんごう
    | (?<![ァ-ヶー])ピン(?:コード|番号)?(?![ァ-ヶー])
    | (?:認証|確認|検証|解除|復旧|回復|リカバリー?|バックアップ|ワンタイム)(?:コード|番号|キー)
    | (?:認証(?:アプリ)?|確認|(?:二|2)段階(?:認証)?)の?コード
    | セキュリティー?(?:コード|キー)
    | (?:API|アクセス|シークレット|秘密|共有|暗号化?|ネットワーク|WPA[23]?|WEP)[ -]?キー
    | ロック番号 | ロック解除(?:の番号)? | (?:画面|スマホの|携帯の)ロック
    | トークン | 秘密の(?:質問の)?(?:言葉|ことば|答え) | 合い?言葉
    | (?<![A-Za-z0-9])(?:api[ _-]?key|(?:access[ _-]?)?token|secret(?:[ _-]?(?:access[ _-]?)?key)?|psk
      |pass(?:[ -]?word|wd|code|phrase)?|pwd?|otp)(?![A-Za-z]|[0-9](?![0-9]?\s?[:=はが]))
    | (?<![A-Za-z0-9])key[0-9]?(?=\s?[:=]) | (?<![A-Za-z0-9])pin(?:コード|番号|[ -]?code)?(?![A-Za-z])
    )""",
    re.IGNORECASE | re.VERBOSE,
)
PHRASES = ("passphrase", "パスフレーズ")
"""Keywords whose value is several words."""
SPOKEN = ("合", "秘密の")
"""How keywords begin whose value is an ordinary word."""

CODES = (
    "暗証",
    "pin",
    "ピン",
    "パスコード",
    "認証",
    "確認",
    "検証",
    "解除",
    "ワンタイム",
    "ロック",
    "二段階",
    "2段階",
)
"""How keywords begin whose value is digits, and hardly anything else that is said of them."""

ASIDE = re.compile(r"\([^()\n]{0,16}\)")
LINK = re.compile(
    r"""
    (?:の(?:方|ほう)|自体|欄|文字列|[0-9]{1,2}(?=\s?[はが:=]))? [」』】"'`*\])>〉》]{0,2} \s{0,4}
    (?:
        (?P<firm> (?:[はがも]|って|です)?\s?[:=→⇒➡|≫»›] | [-=]> | \b(?:is|was)\b | イコール )
      | (?:って|とは|では?|[はがもをに])
      | (?P<loose>
            を?(?:教え|伝え|書[いき]|送[りっ]|言[いっ]|[貼は][りっ]|共有し)
            て?(?:おき|お|と)?(?:きます|ます|く|る|た)[ねよわ]?[。、:\s]{1,3}
          | [、,。]?\s{1,4}[-–—ー~]\s
          | [、,/の・\u2600-\u27bf\U0001f000-\U0001faff]
          | \s{1,4}
          | # nothing between
        )
    )
    (?:
        [、,:…。・\s] | \.{2,} | です[ねが。] | ね、
      | た[しぶ](?:か|ん) | 確か | 多分 | 恐らく | おそらく | え[ーっ]{0,3}と | ええ?と | [あそ]の[ーう]?、
      | (?:今|いま|現在|当時)は? | (?:全[部員て]|すべて|みんな|皆|同じ|共通)で? | ずっと | 昔から
      | (?:以下|次|下記|下|これ|こちら)(?:の(?:通り|とおり))?(?:です)? | いつも | 例えば
      | 簡単な | ただの | 初期値の | [大小]文字[のでは] | (?:英語|英字|ローマ字)で
    ){0,8}+
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""From the keyword to its value: what ties them together, and what people say while they remember."""

_SAID = r"""
    で(?:す|した|しょう|して) | っす | だ(?:った|けど|[よねべわぞ]|っ[けぺ]|から|もん|と|[。、!\s]|\Z)
  | や(?:で|ねん|けど|った|[。、!\s]|\Z) | じゃ | なん[でだやす] | なの | のまま
  | に(?:し(?:[たてまと]|よ)|設定|変|なっ|なり|なる|戻|統一|決|リセット|せ|する)
"""
_END = rf"""
    \s{{0,2}}(?: \Z | \n | [^\w\s(/&+・〔\-~] | {_SAID}
  | で(?:い[いけ]|良|よ[いろ]|大丈夫|すけ|合っ|間違|通[るっ])
  | で(?:統一|ログイン|入[りれっ]|開[きいけ]|試|ロック|登録|やって|使)
  | と(?:い[いう]|入[れ力]|打|言|設定|答) | って | から変 | を(?:使|入|教|送|伝|設定|打|変|忘) )
"""
SAID = re.compile(rf"\s?(?:{_SAID})", re.VERBOSE)
"""What makes the words before it a plain statement."""
END = re.compile(_END, re.VERBOSE)
"""The sentence ends, or goes on as it does behind a value."""
FIGURE_END = re.compile(
    rf"{_END} | \s | [をがとも] | か(?![月所国箇年]) | や | の(?:まま|次|後|あと) | 入 | 使", re.VERBOSE
)
LINE_END = re.compile(r"[ \t]{0,2}(?:\Z|[\n。、!])")
AMOUNT = re.compile(COUNTED)
TALK = re.compile(
    r"""
    の(?!まま|ほう|方|あと|後|最後|末尾|次|前|頭|はず|よう)
  | で(?:管理|保[存管護]|共有|送|暗号|記録|作[るっ成]|生成|配|渡|一括|同期|扱|見|確認|バックアップ)
  | に(?:書|保[存管]|入れ|貼|記|メモ|あ[るり]|載|残|登録|預|送|置|紐|依存|対応|電話|連絡|聞|問い合)
  | と(?:併用|連携|組|比|ど[ちっ]|違|同期|の)
  | から(?!変|別|新|[A-Za-z]) | まで | より | 対応 | 経由 | 方式 | や(?=[A-Za-z一-龠ァ-ヶ])
  | [ァ-ヶ] | (?![使変設打入試忘書教送漏])[一-龠]
    """,
    re.VERBOSE,
)
"""What follows a product or a thing, and no password: 「…で管理」, 「…の裏」, 「…に保存」."""

LOGIN_BEFORE = re.compile(
    r"(?:ID|ユーザー?名?|アカウント名?|メアド|アドレス|メール)\s?(?:[/・&+、,]|と)\s?\Z", re.IGNORECASE
)
"""「IDと」 before the keyword: two values will follow."""
LOGIN_SHOWN = re.compile(
    r"(?:ID|ユーザー?名?|アカウント名?|ログイン)[はが:= ]\s?[!-~]+|[!-~]{1,64}@[!-~]{1,64}\.[a-z]{2,12}",
    re.IGNORECASE,
)
"""A login name was given a little earlier."""
VALUE_BEFORE = re.compile(
    r"(?<![!-~¥])([!-~¥]{4,80})[」』]?\s?(が|を|という|とゆう|って(?:いう)?|みたいな|のような|なんて|\()"
    r"\s?(?:(?:今|共通|会社|うち|社内|私|自分)の|ID[/・と])?\Z"
)
NOT_ITS_VALUE = re.compile(
    r"(?:ID|ユーザー?名?|アカウント名?|型番|機種|品番|型式|名前|メール(?:アドレス)?)\s?[はがの:=]?\s?\Z",
    re.IGNORECASE,
)
AS_AN_EXAMPLE = re.compile(
    r"\s?(?:みたい|のよう|とか(?!で|に|だ)|など|なんて|[はが](?:多|よく使|一番|ランキング))"
)
MADE_PASSWORD = re.compile(r"\s?(?:\Z|[。、)\n]|です|だ[^け]|でし|なん|や|に(?:し|設定|使)|として)")

NO_PASSWORD = re.compile(
    r"最[低大長短新]|平均|合計|少なく|約|およそ|だいたい|ほぼ|毎|令和|平成|昭和|西暦|必|重要|大[事切]|命|長|短|複雑|秘密"
    r"|使い回|変[更え]|なし|無|不|任意|同じ|別|共通|強|弱|以[上下]|文字|桁|[英漢]|数字|記号|ランダム|パス|ワード|初期|定期"
    r"|管理|認証|確認|トークン|コード|[がをにへと]|から|まで|ない|ます|ません|です|忘|違|設定|入力|保[存護管]|共有|生体|指紋|顔"
    r"|オフィス|ウィンドウズ|エクセル|バージョン|計|全|第"
)
"""Japanese that is said about passwords rather than being one."""
MODEL = re.compile(r"[A-Z]{2,6}-?[A-Z]{0,3}[0-9]{1,5}[A-Z]{0,4}[0-9]{0,2}[A-Z]{0,2}")
"""Routers and printers are named so; what merely stands beside the keyword may be one."""
PRODUCT = re.compile(r"(?:[A-Z][a-z]+)(?:[A-Z][a-z]*)+")
DATE_OR_PHONE = re.compile(
    r"(?:19|20)[0-9]{2}(?:[-.][0-9]{1,2}){0,2}|0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}|0[0-9]{9,10}"
)

RECOGNISED = re.compile(
    r"""
    ://[^\s/:@]{1,64}:(?P<in_address>[!-.0-9;-?A-~]{1,64})@
  | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,63}(?:\s?[:/]\s?|\s{1,2})(?P<after_mail>[!-~]{6,64})
  | (?P<key>
        -----BEGIN[ ][A-Z ]{0,20}PRIVATE[ ]KEY-----
        (?s:.*?) (?:-----END[ ][A-Z ]{0,20}PRIVATE[ ]KEY-----|\Z)
      | (?<![A-Za-z0-9])(?:
            sk-[\w-]{20,} | [srp]k_(?:live|test)_\w{16,} | AKIA[0-9A-Z]{16} | gh[pousr]_\w{30,}
          | G-[0-9]{6}(?![0-9A-Za-z]) | github_pat_\w{30,} | xox[abprs]-[\w-]{10,} | AIza[\w-]{30,}
          | eyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}
        )
    )
    """,
    re.VERBOSE | re.ASCII,
)
"""Secrets that show what they are without a keyword."""
