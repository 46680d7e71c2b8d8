"""Whether a draft of rules is wished for, and what is asked of one that was given."""

import re
from dataclasses import replace

from advisor.bare import fold
from advisor.exchange import Question

TOPIC = "policy"
# What a choice carries that asks for a draft.
ASPECT = "draft"
# Words of a folded text: hiragana, no long marks.
RULE = "規程|規則|規定|きてい|きそく|るる|決まり|きまり|方針|ほうしん|ぽりし|連絡[表網]|取り決め"
MODEL = (
    "ひな[型形方]|ひなが?た|雛[形型が]|てんぷれ|[手見]本|みほん|さんぷる|どらふと|ふぉまっと|下書|[叩た]たき台|叩き台"
    "|文案|例文|文例|ぶんれい|文面|ぶんめん|書式|穴埋|こぴぺ|(?<!す)わど[版での]|使える[型文]"
)
GIVE = "ほし|欲し|くださ|下さ|ちょうだい|頂戴|くれ|もら|いただ"
ASKED = re.compile(
    rf"{MODEL}|({RULE})の?案|({RULE}).{{0,6}}({GIVE}|見せ|みせ)"
    rf"|(作|つく|書い|考え|こしらえ|用意し|まとめ|出し)っ?て({GIVE}|$)"
)
# Papers that no draft is of, and questions about a model that the owner has already.
OTHER = re.compile(
    "誓約|せいやく|聖約|制約|念書|契約|けいやく|覚書|おぼえがき|nda|あぐりめんと|同意|どうい|申請|しんせい|様式|台帳|報告|りぽと"
    "|わび|詫び|お願い文|お知らせ|知らせる|通知|ぷらいばし|個人情報?保護方針|こじんじょうほうほご|就業規則|就行規則|しゅうぎょう"
    "|計画|けいかく|記録|名簿の?用紙|簿|届|伝票|確認[書票]|かくにんしょ|調査票|手順書|(管理|一覧|予定|対照|の)表|[貼張]り紙|掲示|署名"
    "|罰則|懲戒|減給|直す|直し|(写し|拾った|書かせた|そのまま)使?|(これ|こん)で(いい|ええ)"
)
# What is asked of a draft at hand: surely, or where one was given just now.
GAPS = re.compile(
    "空欄|(?<!穴)埋め|もらった(案|ひな形|ひな型|規程)|灰色の"
    "|(ひな[形型]|案).*どこから(書|読|手を)|どこから(書|読|手を).*(ひな[形型]|案)"
)
BEGINS = re.compile("どこ(から|を)|[何な]に?から|記入|始め方|使い方|施行日|代表者|責任者")


def is_asked(question: Question) -> bool:
    """Whether a draft of rules is wished for: not advice, and no other paper."""
    if question.words("aspect"):
        return question.words("aspect") == [ASPECT]
    said = fold(question.text)
    return ASKED.search(said) is not None and OTHER.search(said) is None


def was_given(question: Question) -> bool:
    """Whether the last answer was a draft."""
    last = question.state.last
    if last is None or last.topic != TOPIC:
        return False
    return is_asked(replace(question, text=last.said, entities=last.words))


def is_at_hand(question: Question) -> bool:
    """Whether it is asked what to do with a draft that was given."""
    said = fold(question.text)
    return bool(GAPS.search(said) or (BEGINS.search(said) and was_given(question)))


def points_back(question: Question) -> bool:
    """「それを作って」「この決まりの案」: the rule told before is meant."""
    return re.search("それ|その|これ|この", question.text) is not None


def names_rules(question: Question) -> bool:
    """Whether rules are spoken of by a word for any of them."""
    return re.search(RULE, fold(question.text)) is not None
