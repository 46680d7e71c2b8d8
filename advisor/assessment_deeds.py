"""Whether a statement says that it is done: 「毎週USBに取っとる」「決まりはない」.

Verbs count where nothing but the deed is spoken of, or something that the questions of the self-check are
about: 「パスワードをかけてます」, not 「お茶を入れてます」; and those that say nothing by themselves (する)
only where nothing else is said: 「旅館をやっています」 is no answer.
"""

import re

from advisor.assessment_words import (
    ADVERBS,
    DOES,
    DOESNT,
    SCOPE,
    SOFT,
    TAIL,
    THERE_IS,
    either,
    whole,
    within,
)

# what the questions are about
TOPIC = within(
    """更新 自動 アップデート update ソフト ウイルス ういるす ノートン バスター マカフィー セコム eset
    パスワード ぱすわーど 暗号 鍵 かぎ カギ ロック フォルダ アクセス 権限 見られ 見れ 手口 詐欺 朝礼 回覧
    ニュース ipa メール 添付 リンク 宛先 番号 送 fax zip wi-?fi 無線 wpa 電波 親機 sns サイト 書き込み
    バックアップ ばっくあっぷ 控え nas クラウド 外付け usb ハードディスク データ 会計 書類 机 引き出し 金庫
    キャビネット 棚 持ち出 台帳 席 画面 受付 入り?口 来客 応接 事務所 部外者 関係ない人 ドア ロッカー 帰
    施錠 戸締 警備 表に シュレッダー 溶解 裁断 廃棄 捨て 誓約書 守秘 秘密 一筆 研修 教育 勉強会 注意 気を
    私物 会社の(?:スマホ|携帯|パソコン) nda 契約 条文 評判 信頼 isms 連絡網 手順 段取り マニュアル ルール
    規程 規則 決まり 許可 緊急 事故のとき 何かあった 開か(?:ない|ん) 開ける 最新 全台 端末 桁 文字 記号
    二人で 声に出 そのまま pマーク 安全 会議 お知らせ 設定 無料 紙に 口で 制限 必要な人 二段階 認証 指紋
    年に 月に 社員に みんなに 全員に 担当 責任者"""
)
# verbs, by their stem before て, that are of keeping safe whatever is spoken of
SURE = either(
    """守らせ 守っ 守り 守られ 決め きめ 決まっ 教え 伝え 絞っ 防い 防げ 確かめ たしかめ 見直し 心がけ
    気を?つけ 気[ぃい]つけ きをつけ 選ん 選び 結ん 結び 交わし 意識し 気にし 示し しめし 限っ
    よう(?:に)?は?(?:し|させ) (?:入り?口|受付|玄関)で止め (?:よう|な)(?:に|と)?(?:言っ|言う)
    (?:ない|よう|ん)ようにし ようにし ようになっ ^混ぜ 最新にし さいしんにし 禁止にし"""
)
# and those that are where it is about the questions
FIRM = either(
    """入れ いれ 入っ 取っ とっ 撮っ 閉め 閉じ込め 言っ 言う 言い 話し 話をし 知らせ 呼びかけ 分け 変え
    替え (?<!て)しまっ (?<!て)しまい 消し もらっ もらい 始め 取り 書き 配り 作り 渡り 回し 混ぜ かけ 掛け
    つけ 付け 作っ 渡し 配っ 書い サインし セットし 片付け(?:させ)? 書かせ 壊し 回収し 掲示し 登録し
    読み上げ つない 預け 保存し 移し 報告し 共有し 紹介し 見せ 読み合わせ コピーし 添付し 閉じさせ 受けさせ
    読ませ 叩き割っ まぜ 最新のにし 長くし ながくし 持たせ 知らせ 貸し 話し合っ 張り出し 用意し 準備し 整え
    揃え ことにし 制にし 自動になっ 更新され 暗号化され (?:暗号|ロック|鍵)(?:も|が|は)?かかっ
    (?:勉強会|研修|会)を開い まとめ 約束をさせ 通し 自動にし 最新の状態にし 自動更新にし じどうこうしんにし
    自動更新になっ 別々?にし 別のにし 別の.{1,4}にし ばらばらにし 違う.{1,6}にし 桁にし 文字以上にし
    最新の方式にし wpa\\dにし 長く?し 長いパスワードにし ドアにし だけにし 決まりになっ 決まりにし
    ルールにし 届けを出させ 受けてもらっ までにし"""
)
NOUN = either(
    """確認 更新 こうしん アップデート 保管 施錠 ロック チェック 徹底 実施 対応 対策 設定 制限 限定 禁止
    暗号化 裁断 消去 教育 研修 勉強会 周知 注意 管理 点検 記録 バックアップ ばっくあっぷ 用心 指導 説明
    シュレッダー 防止 検討 溶解 工夫 訓練 練習 面談 見回り"""
)
SAYING_LITTLE = either("し やっ でき 出来 でけ やり やれ やらせ させ され やられ")
# verbs that tell of keeping safe only with care taken
PLAIN_VERB = either("送っ 帰っ 使っ 開け 見 読ん 捨て 置い 貼っ 出し 持ち出し")
CARE = within(
    """必ず てから 鍵を?かけて しまって 確かめて 確認して して帰 別の場所 別の所 専用 カードキー 認証
    声に出 二人で (?:壁|事務所|見える所)に 連絡[先表網] ロックして 暗号化して wpa\\d? シュレッダー
    パスワードを?(?:かけて|つけて) 管理ソフト"""
)
NOT_THESE = within(
    """年を取 休みを取 連絡を?取 電話を?(?:かけ|し)$ 時間を?かけ お?金を?かけ 力を入 何年も(?!前) 写真を
    勝手に(?:見|持|写|載) よそで 被害 感染 (?:孫|息子|娘)に 売っ 貼って 更新を?(?:は.{0,4})?止め 払っ$
    と言っ$ 機能を?切 電源を?切 (?:更新|ウイルス).{0,4}(?:切っ|外し)"""
)

AUXILIARY = r"(?:て?[てで](?:くれ|もらっ|いただい|おい))?"
DONE = re.compile(
    AUXILIARY
    + r"(?:[てで](?:い|お|あ)?(?:る|ます|りま|はる|ら|ま|んで|んねん|んだ)|[とど](?:る|りま)|ちょ(?:る|りま)"
    r"|よる|済み|(?<=[りいみびきちしえけせめれ])ました|てもらった|てくれ(?:た|ます|る)|てっぺ"
    rf"|(?<=[れめえけせ])た){TAIL}"
)
NOT = re.compile(
    AUXILIARY + r"(?:[てで](?:い|お)?(?:ない|なく|ません|ね[えぇ]?|へん|ひん|まへん|なか|りません|なかった)"
    rf"|[とど](?:ら(?:ん|へん|せん|ない)|りません|りまへん|りゃあ?せん)|ちょ(?:らん|りません)|よらん){TAIL}"
)
WAS = re.compile(rf"(?:[てで]い?|(?<=^し)|(?<=^やっ)|(?<=[っしいみきえけせれ])とっ)(?:た|ました){TAIL}")
AROUND = f"^(?:{SCOPE})?{SOFT}(?:{NOUN}{SOFT})?"
LITTLE = re.compile(f"{AROUND}{SAYING_LITTLE}$")
CLEAR = re.compile(
    f"(?P<before>.*?)(?:(?P<sure>{SURE})|{FIRM}"
    f"|{NOUN}(?:を|は|も|とか|なんか|なんて)*(?P<noun>し|やっ|でき|させ)"
    f"|(?P<plain>{PLAIN_VERB}))$"
)
NOTHING_ELSE = re.compile(f"^(?:{SCOPE})?{SOFT}$")
NEVER = re.compile(
    AROUND
    + either(
        """(?:し|やら|やり|でき|出来|でけ)(?:ない|ません|ん|へん|まへん)
    (?:見直さ|確認し|取ら|決め|伝え|教え|かけ)(?:ない|ません) せえへん せん やらん できん 守らない
    使わせ(?:ない|ません|ん)"""
    )
    + TAIL
)

# bad in itself, whatever the verb; unless it is said not to be so
BAD = re.compile(
    either(
        """期限切れ 期限が切れ とっくに切れ 切れたまま 切れとる 切れた$
    まん?ま(?:$|です|だ|や|じゃ|使|帰|捨|送|席|何年|見積|添|付け|ごみ|ほか|おく|を?使|立|置|売)
    (?<!任せ)っぱなし 開けっ放し (?<!任せっ)放置 ほったらかし ほっとらかし 使い回 使いまわし
    (?:全員|みんな|全部|ぜんぶ)(?:が)?(?:同じ|おんなじ|いっしょ|一緒) おんなじパスワード 誕生日(?!.*ない)
    生まれ年 1234 0000 1111 短いパスワード パスワードは(?:社名|名前|電話番号|店の名前) 付箋に 気にせず
    せずに(?:送|使|開) 見ずに送 (?:誰|だれ)でも.{0,4}(?:見|入|開け|触|はい)ら?れ?る?
    (?:みんな|社員全員|全員)が?(?:全部)?(?:の.{1,5}を)?見ら?れ 本文に.{0,8}(?:そのまま|書|貼) ごみ箱
    (?:ごみ|ゴミ)(?:に|です) ちぎって 山積み 奥まで入って(?:く|き) 考えずに使 消さずに
    サポート(?:が|の)?(?:終わっ|切れ) 使い続け モニターに貼 かからない設定 [つもてを]?開けてしまって
    つけないで送 つい開け すぐ押し 勝手に(?:入|使わせ|使って|使っと|持って) 好きに使
    好きな(?:サイト|ところ)を?見 自由に(?:出入り|入|使って|持) 野放し 口約束 値段(?:だけ|で選) 安いから選
    なんとなく使 後回しに サボっ さぼっ 忘れて(?:い)?(?:る|た|ます) ほかし 手付かず 手つかず 見ないで送
    (?:し|確かめ|確認し|かけ)ないで(?:使|送) しまわん(?:と|で) 鍵なし パスワードなし お手上げ 無視し
    (?:パスワード|ぱすわーど)(?:は|が|も).{0,4}(?:同じ|おなじ|いっしょ|電話番号|社名|名前)
    (?:パスワード|ぱすわーど)は.{0,5}(?:電話番号|名前) password\\d メールは.{0,5}全部(?:開け|見) 自由にさせ
    (?:出入り|持ち出し)は.{0,5}自由 ロック.{0,10}切って いつも(?:開い|あい) 机の上に置いて(?:帰|い)
    使い放題 見放題 破いて 頭の中に 使いやすさだけ 便利だから選 (?:更新|怖い).{0,4}止めて(?:い)?る$
    閉じて(?:い)?る"""
    )
    + r".{0,14}$"
)
BAD_DENIED = re.compile(
    r"(?:っぱなし|使い回し|使いまわし|放置|[見入開触]ら?れ?るよう|勝手に使わせ|期限切れ|まま"
    r"|(?:本文|付箋)に書い)"
    r"(?:に|で)?(?:は|も)?(?:し|やっ)?"
    rf"(?:{DOESNT}|とらない|せず|(?:じゃ|では)ない|しない|せん|帰らない)(?:よう.*)?{TAIL}"
)
# 「使わせてません」「知らないメールは開けません」 keep it safe by leaving it
GOOD_DENIED = re.compile(
    either(
        """(?:使い回し|使いまわし)(?:は)?(?:し)? 使わせ
    (?:怪しい|知らない|知らん|変な|不審).{0,14}(?:開け|開い|押し|クリックし) 机.{0,8}置い 車.{0,5}置い
    (?:社員|人|外部|誰).{0,8}見せ"""
    )
    + rf"(?:て(?:い)?(?:ない|ません|へん)|とらん|ない|ません|ん){TAIL}"
)

THING = either(
    """決まり(?:ごと)? ルール 規則 規程 マニュアル 契約書 書いたもの 手順書? 仕組み 紙に書いたもの 誓約書
    鍵 シュレッダー 書面 対策 バックアップ 控え 連絡網 工夫 段取り (?:規程|ルール|決まり)みたいなもの
    ルールブック 台帳 取り決め 約束 ロック 制限 体制 機会"""
)
THERE_IS_NONE = "(?:ない|無い|なし|無し|ありません|あらへん|ありゃせん|なか|ねえ)"
NOT_ONE = "(?:は|が|も|なんか|なんて|とか|まだ|どこにも|(?:一|ひと)つも|一枚も|何も|特に|別に|全然|全く)*"
HAD_NEVER = re.compile(f"^{SOFT}{NOUN}?(?:は|を|も|なんて)*(?:やっ|し|知らせ|もらっ)$")
HAVING_DONE = r"[ただ]こと(?:が|は|も|さえ)?(?:ない|なかった|ありません|ございません|あらへん)"
ALL_DONE = whole(
    f"""{ADVERBS}{THERE_IS} .{{0,14}}{THING}(?:は|が|も)*{THERE_IS}
    (?:(?:.{{1,4}}の)?{SCOPE}|{ADVERBS})(?:最新|自動更新)
    .{{0,24}}鍵を?かけて帰(?:る|ります) {ADVERBS}(?:毎日|毎週|毎月|毎回|禁止|必ずする|欠かさず)
    {ADVERBS}(?:済み|済んで(?:い)?る|完了して(?:い)?ます|(?:実施|対応|対策)済み?)
    .{{0,24}}(?:全台|入れて|設定して)自動更新 {ADVERBS}(?:必ず)?(?:する|やる)ようにし{DOES}
    .{{0,16}}(?:持ち込み|持ち出し|使用|利用|私物)(?:は|も)?(?:一切)?禁止 .{{0,16}}秘密保持契約済み
    .{{0,16}}(?:のが|が|する)(?:決まり|ルール) .{{0,12}}も?最新 .{{0,16}}(?:1\\d|2\\d)(?:文字|桁)
    .{{0,12}}鍵付きの.{{1,4}} .{{0,16}}許可が(?:いります|いる|必要)
    .{{0,16}}自動(?:で|的に)?ロックされ(?:る|ます) .{{0,16}}wpa[23]以上
    .{{0,16}}(?:鍵を?かけて|しまって|つけて|暗号化して)(?:送る|帰る|送ります|帰ります)
    .{{0,16}}必ず.{{0,8}}(?:ます|る) .{{2,16}}しか(?:開け|見|入)ら?れ(?:ない|ません|ん)(?:ようにし{DOES})?
    .{{2,16}}しか(?:見|入)れ(?:ない|ません|ん)"""
)
NOTHING_DONE = whole(
    f"""{ADVERBS}(?:まだ|全然|ぜ[ーん]*ぜん|全く|まったく|何も|なにも|なんも|未(?:実施|対応|対策)|対策なし)
    {ADVERBS}{THERE_IS_NONE} {SCOPE}まだ .{{0,14}}{THING}{NOT_ONE}{THERE_IS_NONE}
    考えたことも?(?:ない|なかった) 気にしたことも?ない
    .{{0,6}}手が回(?:って)?い?(?:らない|りません|ない|ません) .{{0,8}}紙にし{DOESNT} せーへん
    (?:やって(?:い)?る|できて(?:い)?る|できる|してる)わけが?ない 誰も(?:見|やっ)て(?:い)?ない
    (?:まだ)?そこまで(?:は)?(?:いって|行って)(?:い)?(?:ない|ません) 全然(?:だめ|ダメ|あかん)
    .{{0,12}}(?:やる|する)(?:暇|余裕|時間)(?:が|は|も)?(?:ない|ありません) せんせん 何にも
    (?:何も|なにも)考えて(?:い)?ない .{{0,14}}(?:は|も)何も考えて(?:い)?(?:ない|ません)
    .{{0,14}}(?:なんて|なんか|にも|らしい教育は)(?:し|やっ){DOESNT} しちゃおらん ようやらんわそんなん
    .{{0,14}}(?:紙|余裕)も?(?:ない|ありません)
    .{{0,14}}(?:は|も)(?:何も|なにも|なんも|特に|全然)(?:し|やっ){DOESNT}"""
)
INTENDED = whole(
    f"""これから(?:やる|やります|する|します)? .{{0,6}}(?:やろう|しよう|したい)とは?思っ{DOES}
    やろうとは?(?:思って)?
    .{{0,6}}(?:やらなきゃ|やらなあかん|やらんといけん|や?らないといけない)(?:いけない)?(?:とは?思っ{DOES})?
    考えては?いる {SOFT}(?:やろう)+と思って(?:い)?(?:る|ます)? 今から 今後の課題 課題 検討し{DOES}
    これから考え(?:る|ます) .{{0,6}}導入予定 検討中 考え中 {SOFT}やる 検討もして(?:い)?ない
    {SOFT}(?:来月|来年|来週)?(?:から)?(?:やる|入れる|する|決める|作る|導入する|取る|変える|頼む)予定
    .{{0,14}}頼む予定 予定 予定は(?:ある|あります)"""
)
# what has never happened is no measure that has never been taken
HAPPENS = within("感染 被害 事故 紛失 漏 盗 なくし トラブル 間違 練習 戻 困っ 聞い あった")
# 「本社はやってるけど支店はまだ」「店のは古い」
ANY_SCOPE = re.compile(r"^(?:.{1,14}?は|.{1,14}?も(?![んのら]))")
BADLY = whole("ない なし ありません まだ 古い 別 だめ ダメ してない")
WELL = whole(
    f"""新しい {NOUN}?する 確かめる 見直す かける 伝える (?:.{{0,6}}で)?話す しまう 言う 使う ある あります
    .{{0,6}}(?:作った|決めた|入れた|書いた|もらった|配った)"""
)
TOLD = (
    (GOOD_DENIED, True),
    (BAD_DENIED, True),
    (BAD, False),
    (NOTHING_DONE, False),
    (INTENDED, False),
    (NEVER, False),
    (ALL_DONE, True),
)
TOLD_NEAR = ((BADLY, False), (WELL, True))
LONGEST = 40


def is_done(said: str, *, near: bool = False) -> bool | None:
    """None where the statement doesn't say; ``near`` another that speaks of the question already."""
    if len(said) > LONGEST:
        return None
    told = [done for pattern, done in TOLD if pattern.search(said)]
    if near:
        said = ANY_SCOPE.sub("", said)
        told += [done for pattern, done in TOLD_NEAR if pattern.search(said)]
    if told or _has_never(said):
        return bool(told) and told[0]
    for ending, done in ((NOT, False), (DONE, True)):
        found = ending.search(said)
        if found and _is_about_it(said[: found.start()], near=near):
            return done
    return None


def was_done(said: str) -> bool:
    """「前はやってた」: whether it still is, isn't said."""
    found = WAS.search(said)
    return found is not None and _is_about_it(said[: found.start()])


def _has_never(said: str) -> bool:
    found = re.search(HAVING_DONE + TAIL, said)
    if found is None or HAPPENS.search(said):
        return False
    before = said[: found.start()]
    return bool(TOPIC.search(before) or HAD_NEVER.search(before))


def _is_about_it(stem: str, *, near: bool = False) -> bool:
    if NOT_THESE.search(stem):
        return False
    if LITTLE.search(stem):
        return True
    found = CLEAR.search(stem)
    if found is None:
        return False
    if found["plain"]:
        return bool(CARE.search(found["before"]))
    return bool(
        found["sure"] or found["noun"] or near or NOTHING_ELSE.search(found["before"]) or TOPIC.search(stem)
    )
