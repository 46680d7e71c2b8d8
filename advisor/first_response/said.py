"""What owners say in the middle of an incident, in their words: done, won't do, asked, back, enough."""

import re
import unicodedata

TELLING = re.compile(
    r"(いつ|どこ|だれ|誰|何日)\S{0,8}(言う|言え|いう|伝え|知らせ|連絡|報告|届け)"
    r"|(報告|届け出?|届出|通知|公表|連絡)(は|も|が|を|の)?(先|義務|期限|要|いる|いん|いり|必要|す(る|べ)|せな|しな|せん|した(ほう|方))"
    r"|(国|役所|警察|委員会|お?客さん?|お客様|取引先|得意先|本人)に(は|も)?(いつ|言|いう|伝え|知らせ|連絡|報告|届け|謝)"
    r"|知らせる(先|所|ところ)|罰|罪|処分(され|を受)|訴え(られ|る)|責任を(問|取|と)|賠償"
)
DONE = re.compile(
    r"(^|画面[がは]?|警告[がは]?|音[がは]?)(消え|閉じ|鳴りや|とじ)(た|まし|んだ|みまし)|(抜|切|止|変|ぬき|とめ|かえ|とどけ|でんわ|しらせ|つたえ|のこし|さがし|たのみ|外|離|写|撮|電話し|でんわし|連絡し|れんらくし|報告し|相談し|知らせ|伝え|残し|控え|書き出し|保存し|確かめ|探し|届け|返事をもらい|頼み|頼ん|隔離し|やり"
    r"|やっ|済み?|でき|出来|しとい|終わ|おわ)\S{0,3}"
    r"(た|だ|まし|たで|たよ|たわ|たけど|たべ|たばい)(よ|で|わ|けど|ので|から|ばい|けん|ぞ|です)?([。、,!！\s]|$)"
)
NEXT = re.compile(
    r"次(は|に|を|の|どう|何|なに)|つぎ(は|に|を|の)|(^|[、。,\s])(次|つぎ)[。!！\s]*$|(その|この)(後|あと)は|それから(は|どう|何)|続き|つづき"
)
CANNOT = re.compile(
    r"(でき|出来|でけ|でぎ|抜け|切れ|つなが|繋が|わから|分から|見つから|動か|反応し)[らりん]?(な|ませ|ん|へん|ね(え|ー)?|ひん|ぬ)"
    r"|どこに?(ある|あん)|やり方が|(無理|むり)(です|や|だ|じゃ|っす)"
)
PREVENTING = re.compile(
    r"(次|つぎ|今後|これから|二度と|また|再発|もう)\S{0,10}(起き|起こ|なら|やら|繰り返|くりかえ|防)|ふだんから|普段から|日頃から"
)
ASKING = re.compile(
    r"[?？]|(か|かな|[ぁ-ん]の|のん|かね|べか|かの|やろか|でしょうか|とる|しまおう)[。\s]*$|いい|ええ|よか|べき|だめ"
)
# 「何したらあかん」, but not 「何しなくちゃだめ」 or 「しなかったらだめ」.
FORBIDDEN = re.compile(
    r"(何|なに|なん|どんなこと)\S{0,6}((?<!なかっ)たら|(?<!なく)ちゃ|(?<!なく)ては|(?<!なく)たらあ)(あかん|アカン|いかん|いけ|だめ|駄目|ダメ|まずい)"
    r"|(たら|ちゃ|ては)(あかん|アカン|いかん|いけない|だめな|駄目な|ダメな)(こと|事)"
)
# 「手順の続き」, whatever was talked about since.
RESUMES = re.compile(r"(手順|事故|被害)\S{0,6}(続き|つづき|戻|もど|再開)|(続き|つづき)\S{0,4}手順")
# 「うーん」 is a pause for thought, and no yes.
HESITATES = re.compile(r"^(う[ー〜~―]+[んむ]?|ん[ー〜~―]+|えー?っと|ええと)[、。…\s]*$")
NUMBER = re.compile(r"何番|電話番号|番号(は|を)?(教|おしえ)|どこ(に|へ|さ)(電話|でんわ|かけ)|電話する所")
INSURED = re.compile(r"保険|共済|補助金|助成金")
# The site or the machines are somebody else's to look after: 「管理は業者まかせで」.
OUTSOURCED = re.compile(
    r"(業者|制作会社|保守|外注|ベンダー|管理)\S{0,8}(任せ|まかせ|頼ん|たのん|お願い|丸投げ)"
)
# 「EDRって何ですか」 asks for the word, wherever else it stands.
WORD_ASKED = re.compile(
    r"って(何|なに|なん)|とは|の意味|どういう(意味|こと)|いうのは(何|なに|なん)|(何|なん)のこと"
)
# A step that was left undone is done after all.
AFTER_ALL = re.compile(
    r"(さっき|さきほど|先ほど|先程|前の|まえの|あれ|それ|やっぱり?|やっと|ようやく|今度は|こんどは)\S{0,14}?"
    r"(でき|出来|やれ|やっ|済|すん|終わ|つなが|繋が|抜け|切れ|かけ|話せ)[っりら]?(れ)?(た|だ|まし)"
)
ALL_DONE = re.compile(r"(全部|ぜんぶ|すべて|残り|のこり)\S{0,6}?(でき|出来|やっ|済|すん|終わ)(た|だ|まし)")
FROM_THE_START = re.compile(
    r"(最初|さいしょ|はじめ|初め|あたま|頭|いち|一)から(?!で)|はじめの手順|最初の手順|全部もう一(度|回)"
)
GOES_BACK = re.compile(
    r"(前|まえ|ひとつ前|一つ前)の?(手順|ステップ|やつ|の|ところ|とこ)(を|に|へ|は|が)?\S{0,6}(戻|もど|教|見|もう|聞|何|なん|$)"
    r"|^(ちょっと|いったん|一旦|やっぱり|ひとつ|一つ|1つ|一個)?(前|まえ)?(に|へ)?(戻|もど)(って|る|り|して|し|ろ|りたい)"
    r"|さっきの手順|前に戻|聞き逃し|見逃し"
)
GOES_ON = re.compile(
    r"続き|つづき|(手順|事故|被害|さっきの)(の話|の件|のこと)?(に|を)?\S{0,4}(戻|もど|再開|つづけ|続け|進め)|(次の|残りの|いまの|今の)手順|^(その|この|あの|もとの|元の|被害の|事故の)?手順(を|は|に|の|へ|$)"
)
STOPS = re.compile(
    r"^(もう|これで|ここで|ここまで|いったん|一旦|とりあえず|今日は|案内は|手順は)*[、\s]*(終わり|おわり|おしまい|ストップ|中止|中断)(に(する|して|します)|で(いい|ええ"
    r"|す|お願い)?|です|や|だ|じゃ)*[。!！\s]*$"
    r"|(もう|ここまで|これ以上は?|手順は|案内は)(で)?(大丈夫|だいじょうぶ|十分|じゅうぶん|結構|けっこう|いい|ええ|よか)(です|や|だ|わ|ばい|よ)*[。!！\s]*$"
    r"|^(もう)?(やめ|止め)(る|ます|たい|とく|ときます|て)[。\s]*$"
)
SOLVED = re.compile(
    r"終わ(?:り|っ)(?:まし)?た[。、\s]*(?:もう)?大丈夫|"
    r"(もう|全部|ぜんぶ|すべて|すっかり|無事|なんとか|おかげ)\S{0,12}?"
    r"(解決|復旧|片付|片づ|かたづ|収ま|おさま|直|なお)(でき)?[しいきっり]?(て|た|まし)(?!な|ん|ら|か|へん)"
)
RIGHT_NOW = re.compile(
    r"^(いま|今|はい|うん)|起き(て|と)|今まさに|現在|(そう|せや|んだ|ほう)(です|だ|や|じゃ)?[。\s]*$"
)
NO = re.compile(
    r"いいえ|いえ|いや|違|ちが|ちゃう|まだ|ない|なか|へん|no|のー|聞(い|き)(て|た)|もしも|備え", re.IGNORECASE
)
# What may stand beside the bare name of an incident.
NAMES_ALONE = re.compile(r"[\W_]*(の|が)?(対応|対処|初動|どうする|どうすれば|発生|疑い|被害)?(は|を)?[\W_]*")
# What is asked of an incident for the case that it happens: what to do then, not how to prepare for it.
WHAT_TO_DO = re.compile(
    r"どう|どない|どげ|どが|なじょ|何|なに|なん|対応|対処|初動|手順|流れ|順番|どこ|誰|だれ|動き"
)
PREPARING = re.compile(
    r"備え|そなえ|準備|用意|決め|紙に|書(い|き)|まとめ|貼|防|予防|ならんよう|ならないよう|減らす|ルール|教育|訓練|段取り|見積|社員に|(うち|会社)の責任|前もって|今のうち"
)


# How elderly owners write the words that steps are named by.
READINGS = {
    "けいさつ": "警察",
    "ぎんこう": "銀行",
    "でんわ": "電話",
    "ほけん": "保険",
    "しゃしん": "写真",
    "せきにんしゃ": "責任者",
    "とりひきさき": "取引先",
    "ぱすわーど": "パスワード",
}
MIXED = re.compile("[ぁ-ん一-龠]")
KATAKANA = re.compile("[ァ-ヶ]")
STEP_WORD = re.compile(r"[一-龠々]{2,}|[ァ-ヶー]{3,}")


def plain(text: str) -> str:
    """NFKC; what is written in katakana alone becomes hiragana."""
    text = unicodedata.normalize("NFKC", text)
    return text if MIXED.search(text) else KATAKANA.sub(lambda kana: chr(ord(kana[0]) - 0x60), text)


def step_words(text: str) -> list[str]:
    """What a step may be named by, in kanji or katakana, or read out in hiragana."""
    read = [word for reading, word in READINGS.items() if reading in text]
    return [*STEP_WORD.findall(text), *read]


def could_not(text: str) -> bool:
    """「電話したけど、つながんね」: what comes last counts."""
    cannot, done = CANNOT.search(text), DONE.search(text)
    if not cannot or ASKING.search(text) or NEXT.search(text):
        return False
    return done is None or cannot.start() > done.start()
