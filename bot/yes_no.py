"""Yes and no in one word, in any dialect or spelling: too short for the classifier to be sure of.

「せや」「んだ」「ほうじゃ」「そうたい」「いぃえ」「ちゃう」「せんでええ」「おk」「👍」.
"""

from __future__ import annotations

import re
import unicodedata

YES, NO = "affirm", "deny"
SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎ", "あいうえおつやゆよわ")
KATAKANA = re.compile("[ァ-ヶ]")
PAUSES = re.compile(r"[\s、。，．,.!！]+")
UNSAID = re.compile(r"[\W_ー〜～]")
# 「了解です」 takes note of what was said; it asks for nothing more.
TAKES_NOTE = re.compile(
    r"^(はい|うん|ええ|お?け?)*[、,\s]*(了解|りょうかい|わかり?ました|分かりました|承知|なるほど|把握)"
)
SIGNS = {
    YES: re.compile("[\U0001f44d\U0001f646\U0001f44c⭕✅○◯〇✔\U0001f197]"),
    NO: re.compile("[\U0001f44e\U0001f645❌×✕✖❎]"),
}
# Regular expressions over hiragana without marks; small kana are large ones (ちゃう is ちやう), no ー.
SAID = {
    YES: """
        (は|い)?はい+(はい)*(です|な|よ|ですよ|どうぞ|もちろん|そうです)? はあい うん+(うん)*
        うんそう(です)? ええ おお おう ああ あいよ ほい へいへ?い? へえ うむ いかにも いえす y yes おけ
        おつけ(です)? おk ok(です)? okay りよ りよ?うかい 了解(です|しました)? 承知(です|しました)?
        わかつ?た 分かつた わかりました 分かりました
        そう+(そう)*(です|だ|だよ|ですよ|ですね|なんです|つす|や|やで|やな|やね|やんね|やき|やけん|やけ|やに|やよ|じや|じやの)?
        そう(じやけえ|じやけん|ばい|たい|だに|だら|だべ|だなす|だす|ずら|げな|さ|さあ|ね)
        せや(せや|で|な|ねん|わ)? そや(そや|で|な|ねん|に|わ)? さよう(です|でございます)?
        左様(です|でございます)? さいです さいな んだ(んだ|な|なす|す|べ|よ|つちや)? うんだ(うんだ)?
        んじや ほう(じや|じやの|じやけえ|や|やで|よ|です|だ|ほう) ほや(ほや|で|な|ねん|わ)?
        ほだ(ほだ|よ|ら|に)? ほんだ ほんまや じやつ?つ?ど じやが じやなあ そげん(たい|ばい|です)?
        そがん(たい)? だら+ だに であるさ よか+(よ|ばい|たい|です|ど|と|ね)?
        ええ(で|わ|よ|ですよ|んちやう) いい(よ|ですよ|ね|で) いいとも よろしい(です)? よろしゆう
        かまへん かまん(よ)? かまいません もちろん(です)? ぜひ 是非
        お願い(します|いたします|したいです|ね)? おねがい(します|しまつ)? たのむ(わ|で|よ|ばい|けん)?
        頼む(わ|で|よ)? 頼みます たのんます 頼んます ほな(頼む|たのむ|頼んます|それで)
        それで(いい|ええ|よか|お願いします|頼む|たのむ)?(です|よ|で)? 合つて(る|ます) あつて(る|ます)
        その通り(です)? 正解 知りたい(です)? 聞きたい(です)? 見たい(です)? やります やる(わ|よ|で)
        (もう)?(できた|出来た|でけた|でぎた|できました|出来ました|やりました|終わつた|終わりました|済んだ)(よ|で|わ|ばい|けん|べ|です)?
        完了(です|しました)?
    """,
    NO: """
        いい?え+(いいえ)*(です|結構です|けつこうです|違います)? いえいえ
        いや+(いや)*(です|や|だ|ちがう|違う)? いんや いんにや うんにや うんね うううん ううん んんん
        のう?(です)? no nope n ちや+う(ちやう)*(で|わ|ねん|よ|います)? ちやいます
        ちがう(よ|で|わ|ばい|べ|つちや|つて|し)? ちがいます ちげえ(よ|べ)? 違う(よ|で|わ|ばい|べ|し)?
        違います(よ)? ちごう ちごとる いらん(わ|で|よ|ばい|と|けん|ねん|ち|です)? 要らん(わ|で)?
        いらない(です|よ)? 要らない(です)? いりません 要りません いらね(え)?(よ|べ|じや)? いらへん(わ)?
        いんね いんねえ せんで(も)?(ええ|よか|いい)(よ|で|わ|ばい|です)? しなくて(いい|結構)(です|よ)?
        やめ(とく|とくわ|ときます|ます|とこ) よしとく 見送ります また今度 また(今度)?にします
        今度(で|にします) (けつこう|結構)(です|や|やで|ばい|だ|だよ) 不要(です)?
        遠慮(します|しときます|しておきます) 必要(ない|ありません|なか|ないです) もうええ(わ)?
        もういい(です)? だめ(です|や|だ|じや|やつた|でした|だつた|ばい)? あかん(わ|かつた|です)?
        いかん(わ|ばい|です)? いけん いけません
        (無理|むり)(です|や|だ|じや|でした|だつた|やつた|す|ばい)?
        (まだ)?(できない|出来ない|できません|出来ません|できん|でけへん|でけん|でぎね(え)?|できね(え)?|できひん)(です|わ|よ|ばい|かつた|べ|で)?
        できなかつた できませんでした ようせん ようできん でけへんかつた できんやつた
        まだ(です|や|じや|だ|やねん|だよ|ですね|ばい|やつてない|してない|してません)?
        ない(です|よ|ですね|わ)? ないない なか(と|ばい|です) ありません ありまへん あらへん あらん
        ねえ(よ|べ) なし なしです 該当なし どれで?もない(です)? どれも違(う|います)
        そう(じや|や|で|では)(ない|ありません|なか|ねえ|あらへん|ないです) そげんじやなか
        んでね(え)?(べ)? 興味ない(です)?
    """,
}
ANSWERS = {answer: re.compile("|".join(words.split())) for answer, words in SAID.items()}


def answer_in(text: str) -> str | None:
    """affirm or deny where the whole text is nothing else; None for any other."""
    parts = [said for part in PAUSES.split(text) if (said := _said(part))]
    if not parts:
        shown = [answer for answer, signs in SIGNS.items() if signs.search(text)]
        return shown[0] if len(shown) == 1 else None
    found = {_answer(said) for said in parts}
    return found.pop() if len(found) == 1 else None


def _answer(said: str) -> str | None:
    return next((answer for answer, words in ANSWERS.items() if words.fullmatch(said)), None)


def _said(text: str) -> str:
    """NFKC, hiragana, small kana as large ones, nothing but letters."""
    text = unicodedata.normalize("NFKC", text).casefold()
    text = KATAKANA.sub(lambda kana: chr(ord(kana[0]) - 0x60), text)
    return UNSAID.sub("", text).translate(SMALL)


def takes_note(text: str) -> bool:
    """Whether the text says no more than that something was understood."""
    return TAKES_NOTE.match(text) is not None
