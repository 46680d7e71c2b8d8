"""An owner in panic hears one short step at a time, until calm again or asking for more."""

import re
import unicodedata
from dataclasses import replace

from advisor.bare import fold
from advisor.exchange import Question

CRIES = re.compile(
    r"助けて|たすけ(?=て|$)|ﾀｽｹﾃ|タスケテ|どうしよ(?![うお]?(か|と))|どないしよ|どげんし(よ|ゅ)|なじょすっぺ|やばい|ヤバ|やべ[えぇー]|えらいこっちゃ|えらいこと"
    r"|パニック|ぱにっく|頭が真っ白|もう(だめ|ダメ|あかん|無理|終わり(?!に|ま)|いや)|あかんあかん|無理無理|わ[あー]{2,}|うわ[あー]|ひえ|早く(?!し?て(も|い))"
    r"|はやく|急いで|いそいで"
    r"|[!！]{2,}|[?？][!！]|[!！][?？]|[😱😭😨😰🆘]|(?P<one>.)(?P=one){4,}|(?P<two>.{2,4})(?P=two){2,}"
)
# 「ウイルスニ カンセン シマシタ」, in katakana alone, with what no bare name has.
SHOUTS = re.compile(r"(マシタ|シタ|レタ|ッタ|ケテ|ナイ|マセン|テル|トル|ドウ|デス|キタ|ダ|カラ)$")
CAPITALS = re.compile(r"[A-Z]{4,}")
CALM = re.compile(
    r"(落ち着|落ちつ|おちつ)(い|き|け)(て?き)?(た|まし|てる|てき|て(い|お|と))(?!か)|冷静に?(な|です)|ゆっくり(で|読|頼|お願)|大丈夫になっ|もう平気"
)
MORE = re.compile(
    r"詳し|くわし|詳細|(全部|まとめて|一度に|いっぺんに)(教|見|言|出|おし)|もっと(教|長|ちゃんと)|短(すぎ|い)"
)
# 「うーん」 is a pause for thought.
NAMES = re.compile("[一-龠々ァ-ヶ]|こわ|あか[いく]|だめ|むり")
# Letters of a fragment that is no sentence.
SHORTEST = 4


def felt(question: Question) -> Question:
    """The question with the cry that it is remembered in its state."""
    emergency = question.state.emergency
    if emergency is None or not panics(question):
        return question
    hurried = emergency.model_copy(update={"hurried": True, "panics": emergency.panics + 1})
    return replace(question, state=question.state.model_copy(update={"emergency": hurried}))


def is_fragment(question: Question) -> bool:
    """「画面」「赤い」 are no sentences any more."""
    return len(fold(question.text)) <= SHORTEST and NAMES.search(question.text) is not None


def panics(question: Question) -> bool:
    """Whether somebody cries out, or shouts in capitals or katakana."""
    text = unicodedata.normalize("NFKC", question.text)
    if text.startswith("/"):
        return False
    return CRIES.search(question.text) is not None or _shouts(text)


def calms(question: Question) -> bool:
    return CALM.search(question.text) is not None


def wants_more(question: Question) -> bool:
    return MORE.search(question.text) is not None


def _shouts(text: str) -> bool:
    letters = re.sub(r"[\W\d_]", "", text)
    if CAPITALS.search(text) and letters.isascii() and letters.isupper():
        return True
    is_katakana = re.fullmatch("[ァ-ヶー]{6,}", letters) is not None
    return is_katakana and SHOUTS.search(letters) is not None
