"""What is said to the question before the first: whether something has happened, or the check may begin.

Beginning over a live incident costs the owner time that matters, so anything that hints at one comes first.
"""

import re
from enum import Enum, auto

from advisor.assessment_pieces import Piece, pieces, plain
from advisor.assessment_words import either, ends, whole, within


class Gate(Enum):
    START = auto()
    QUICK = auto()
    HAPPENING = auto()
    UNCLEAR = auto()
    NOT_NOW = auto()


NOTHING_ELSE = (
    either("何も なにも なんも 特に とくに 困りごとは 問題 トラブルは そういうのは 今のところ") + "*"
)
NOT_HAPPENING = ends(
    f"""(?:起き|おき|起こっ|感染し|困っ)(?:て|と)(?:は)?い?(?:ない|ません|らん|らへん|へん|ねえ|なか)(?:から|ので)?
    ^{NOTHING_ELSE}(?:ない|なし|ありません|あらへん|なか) (?:今は|今のところ)?大丈夫 無事 問題なし 異常なし"""
)
HAPPENING = within(
    """(?:起き|おき|起こっ)(?:て|と)(?:い)?(?:る|ます) 起きた 困っ(?:て|と)(?:い)?(?:る|ます) 困った
    急ぎ(?:です|だ|や|$) 緊急(?:です|だ|や|事態|$) ^実は 感染し(?:た|まし|て(?!い?(?:ない|ません)))
    ウイルスかも 乗っ取られ 誤送信(?:し|を) (?:間違って|間違えて)送 変な(?:画面|メール|表示) おかしい
    動かない 動かん 警告 不正アクセス やられ(?:た|まし) なくした 無くした 盗まれ 漏れ(?:た|まし)
    押してしまった 開いてしまった クリックし 詐欺に 脅迫 ランサム ^(?:ある|あります|あるよ|あった)$"""
)
QUICK = within(
    """[6六]問 短(?:い|め) みじかい 簡単 かんたん 簡易 クイック (?:早く|すぐ)(?:に)?終わる 基本だけ 基本の"""
)
START = whole(
    """はい うん ええ ok オッケー 👍 いい(?!え) ええよ どうぞ (?:はじ|始)め(?:て|る|ます|ましょう)?
    スタート 開始 (?:よろしく)?お願い(?:し)? 診断(?:して|お願い)?
    (?:全部|25問|ぜんぶ)?(?:で|を)?(?:やる|やります|やってみる|やりましょう|やって) 早くして
    (?:全部の|25)(?:質問|問)? ください します"""
)
NOT_NOW = within(
    """^(?:いいえ)?やめ(?:と|て|る|ます|た) (?:あと|後)(?:で|に) また(?:今度|明日|来)
    ^(?:今|いま|今日)は(?:いい|ええ|やらない|時間がない|無理) ^やらない ^やりません ^いら(?:ない|ん)
    ^いりません 結構です ^もう(?:いい|ええ) 時間(?:が)?ない(?!ので|から) 忙しい(?:ので|から)?(?:また|後|$)
    ^キャンセル 遠慮 ^中止"""
)
ASKED_ABOUT = within(
    "たらどう って(?:何|なに) (?:ます|です|る)か$ 何が 何問 どれくらい かも(?:しれない)?$ ^たぶん ^多分"
)


def gate(text: str) -> Gate:
    parts = pieces(plain(text))
    said = [_clause(part) for part in parts]
    for first in (Gate.HAPPENING, Gate.QUICK, Gate.NOT_NOW):
        if first in said:
            return first
    clear = [one for one in said if one is not None]
    if not clear or Gate.UNCLEAR in clear:
        return Gate.UNCLEAR
    return Gate.START


def _clause(part: Piece) -> Gate | None:
    words = re.sub("^でも(?=.)", "", part.words)
    happening = HAPPENING.search(words)
    if part.joint == "asked" or (ASKED_ABOUT.search(words) and not (happening and _told(words))):
        return Gate.UNCLEAR
    for found, pattern in ((Gate.START, NOT_HAPPENING), (Gate.HAPPENING, HAPPENING), (Gate.QUICK, QUICK)):
        if pattern.search(words):
            return found
    if NOT_NOW.search(words):
        return Gate.NOT_NOW
    return Gate.START if START.search(words) else None


def _told(words: str) -> bool:
    return re.search("(?:し|られ)たかも|ウイルスかも", words) is not None
