"""What is said to the question before the first: may the check begin, or has something happened?

Beginning over a live incident costs the owner time that matters, so what hints at one comes first; trouble
that is past or denied is none.
"""

import re
from enum import Enum, auto

from advisor.self_check.orders import HAPPENED
from advisor.self_check.pieces import pieces, plain
from advisor.self_check.words import CERTAIN, either, ends, whole, within


class Gate(Enum):
    """``UNCLEAR`` may mean either, 「いいえ」; ``OTHER`` is about something else, or can't be read."""

    START = auto()
    QUICK = auto()
    HAPPENING = auto()
    UNCLEAR = auto()
    NOT_NOW = auto()
    OTHER = auto()


IS_NOT = either("ない ねえ なか なし ありません ません らん らへん へん あらへん")
TROUBLE = either(
    "困りごと 困っ(?:た|て(?:い)?る|とる)こと 問題 異常 被害 感染 トラブル そういうの(?:は|も|が)? それ"
)
NOT_HAPPENING = ends(
    f"""(?:起き|おき|起こっ|感染し|困っ|やられ|され)(?:て|と)(?:は|も)?い?{IS_NOT}(?:ん|から|ので)?
    {TROUBLE}(?:とか|など)?(?:は|も|が)?(?:何も|特に|別に|今の?ところ)?(?:起きて|おきて)?(?:い)?{IS_NOT}(?:ん)?
    ^(?:今|今のところ|うち|それ)?(?:は|も)?(?:何も|なにも|なんも|特に|とくに|別に|何もかも)*(?:は)?{IS_NOT}(?:ん)?
    大丈夫 平気 無事 落ち着い(?:て(?:い)?(?:る|ます)|とる) 解決し(?:た|ました)"""
)
PAST = within(
    """^(?:昔|むかし|以前|かつて|過去) ^前に ^だいぶ前 去年 一昨年 おととし 昨年 [年月]前 何年も前
    (?<!困った)(?<!おかしい)こと(?:は|が|も)?(?:ある|あります|あった|ありました)"""
)
STILL = within(
    "(?:困っ|起き)(?:て|と) 動かな できな 年から 前から 今も いまも まだ 今日 今朝 昨日 さっき ずっと"
)
HAPPENING = within(
    """(?:起き|おき|起こっ)(?:て|と)(?:い)?(?:る|ます|り) 起きた 困っ(?:て|と)(?:い)?(?:る|ます|り) 困った
    急ぎ(?:です|だ|や|$) 緊急(?:です|だ|や|事態|$) ^実は(?!.*(?:6問|短)) おかしい 変なん(?:です|だ|や)
    ^(?:ある|あります|あるよ|あった)$"""
)
QUICK = within(
    """(?<!2)[6六]問 (?<!2)6つ 短(?:い|め) みじかい 簡単 かんたん 簡易 クイック (?:早く|すぐ)(?:に)?終わる
    基本だけ 基本の"""
)
LEADS = either(
    "やっぱり? 今 いま すぐ もう では じゃあ それでは なら とにかく 全部 ぜんぶ 25問 25 で を から と"
)
START = whole(
    f"""{LEADS}*(?:やる|やります|やってみ(?:る|ます)|やりましょう?|やろう|やって|やりたい)
    {LEADS}*(?:はじ|始)め(?:て|る|ます|ましょう|よう|ください)? {LEADS}*(?:進めて|診断して|診断(?:を)?お願い)
    はい うん ええ ok オッケー 👍 いい(?!え) ええよ どうぞ よろし(?:い|く) かまわ(?:ない|ん|ません) スタート
    開始 (?:よろしく)?お願い(?:し)? 診断 早くして (?:全部|ぜんぶ)(?:の質問)? 25(?:の)?(?:質問|問)? ください
    します 頼(?:む|みます)"""
)
NOT_NOW = within(
    """^(?:いいえ|やっぱり?|今日は|今は)?やめ(?:と|て|る|ます|た) (?:あと|後)(?:で|に)
    また(?:今度|明日|来|に|の機会)
    ^(?:今|いま|今日)は(?:いい|ええ|やらない|時間がない|無理) ^やらない ^やりません 結構です?
    ^(?:もう|面倒).{0,4}(?:いい|ええ)
    (?:^|診断(?:は|なんか|なんて)?)(?:いら|要ら|いり|要り|やら|せん)(?:ない|ん|ません|で(?:いい|ええ))
    時間(?:が)?ない(?!ので|から) 忙しい(?:ので|から)?(?:また|後|$) ^キャンセル 遠慮 ^中止"""
)
DECLINES = whole("いい(?!え) ええ よか")
NO = whole("いい?え+ いや うう+ん ううん no ノー ちがう 違う 違います")
UNSURE = within(
    """^たぶん ^多分 かも(?:しれ(?:ない|ません|ん))? [分わ]か(?:らない|りません|らん|らへん) どうだろう 微妙
    不安
    心配 ^え[ーっ]*と?$ ^うーん"""
)
ASKED_ABOUT = within("たらどう って(?:何|なに) (?:ます|です|る|の)か$ 何が 何問 何を どれくらい どのくらい")
SURE = re.compile("(?:し|られ)たかも|ウイルスかも")


def gate(text: str) -> Gate:
    said: list[Gate] = []
    before: Gate | str = ""
    for part in pieces(plain(text)):
        words = CERTAIN.sub("", re.sub("^(?:でも|いや(?=もう|今|や))(?=.)", "", part.words))
        declines = before in (Gate.UNCLEAR, "reason") and DECLINES.search(words)
        said.append(Gate.NOT_NOW if declines else _clause(words, asked=part.joint == "asked"))
        before = part.joint if said[-1] is Gate.OTHER else said[-1]
    for first in (Gate.HAPPENING, Gate.QUICK, Gate.NOT_NOW):
        if first in said:
            return first
    return next((one for one in reversed(said) if one is not Gate.OTHER), Gate.OTHER)


def _clause(words: str, *, asked: bool) -> Gate:
    if asked or ASKED_ABOUT.search(words):
        return Gate.OTHER
    if UNSURE.search(words) and not SURE.search(words):
        return Gate.UNCLEAR
    if NOT_HAPPENING.search(words) or (PAST.search(words) and not STILL.search(words)):
        return Gate.START
    found = (gate for gate, pattern in IN_ORDER if pattern.search(words))
    return next(found, Gate.OTHER)


IN_ORDER = (
    (Gate.HAPPENING, HAPPENED),
    (Gate.HAPPENING, HAPPENING),
    (Gate.QUICK, QUICK),
    (Gate.NOT_NOW, NOT_NOW),
    (Gate.UNCLEAR, NO),
    (Gate.START, START),
)
