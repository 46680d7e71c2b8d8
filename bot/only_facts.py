"""A message that says nothing but facts of the company tells them, whatever was scored.

「下呂の旅館」 and 「マンション管理の会社です」 read like matters of other desks to a classifier; here the
words that were found as facts are taken away, and what is left must be the small change of a statement.
"""

from __future__ import annotations

import re
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.ginza import Word
from bot.tokenizer import words_in

INFORM = "inform_company"
TRADE = "industry"
FACTS = {TRADE, "employees", "prefecture", "municipality"}
# An association's name asks for its guideline as often as it tells a trade.
ASSOCIATIONS = {"自工会", "部工会", "日本自動車工業会"}
# Intents that are right even for a bare fact: a live incident, an association's staff, a wish for a person.
KEPT = {INFORM, "report_incident", "ask_association", "request_human", "ask_level"}
# A question, or one that goes on from the last answer: 「旅館だと？」「建設業は」.
ASKS = re.compile(
    r"[?]|(?:は|も|だと|なら|って|とか|の場合|か|かな|かね|かい|たい|ほしい|教えて|おしえて|して|くれ"
    r"|ください)[。!ー〜]*$"
)
SMALL_TAGS = ("助詞", "助動詞", "補助記号", "接尾辞", "接頭辞", "感動詞", "空白", "記号", "接続詞", "連体詞")
# By normalized form: who speaks, what a firm is, that it is run.
SMALL_WORDS = frozenset(
    re.split(
        r"\s+",
        "内 家 当社 弊社 私 俺 僕 儂 自分 当方 此方 会社 店 御店 者 企業 事業所 事務所 工場 所 方 業種 "
        "仕事 職業 商売 本業"
        " 家業 場所 住所 所在地 従業員 社員 職員 スタッフ 人数 人 名 パート アルバイト バイト 正社員 "
        "家族 夫婦 親子 全部 合計"
        " オーナー 店長 店主 社長 代表 経営者 主人 女将 園長 院長 所長 住職 塾長 親父 爺 婆 婆ちゃん "
        "先生 ママ マスター 倅"
        " 二代 四代 代 続く メーカー 代目 二代目 三代目 四代目 初代 個人 個人事業 個人事業主 自営 小さい "
        "小さな 零細 老舗 地元 町 "
        "街 専門 今 現在 最近"
        " 為る 遣る 営む 経営 運営 居る 有る 御座る 御座います 致す 居ります 開業 開く 継ぐ 始める 働く "
        "勤める 言う 申す"
        " ええと えっと 先ず まあ 三代 移転 引っ越す 移る 位 程 約 大体 込み 含む 入れる だけ のみ 中小 製造 "
        "販売 下請け 下請",
    )
)
# 布団のクリーニング may be a wish; 布団のクリーニングをやってます is a trade.
SAYS_SO = re.compile(r"です|ます|やっ[てと]|や(?:で|ねん)|じゃ|どす|営|会社|店|の者")
SHORT = 40


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class OnlyFacts(GraphComponent, IntentClassifier):
    """Decides for a statement of facts, where there is nothing else."""

    @classmethod
    def required_components(cls) -> list[type]:
        """It overrules what a classifier said."""
        return [IntentClassifier]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> OnlyFacts:
        """Nothing to configure and nothing to keep."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """A statement of nothing but facts is taken for one."""
        for message in messages:
            scored = (message.get(INTENT) or {}).get("name")
            if scored not in KEPT and tells_only_facts(message):
                sure = {"name": INFORM, "confidence": 1.0}
                others = [one for one in message.get(INTENT_RANKING_KEY) or [] if one["name"] != INFORM]
                message.set(INTENT, sure, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [sure, *others], add_to_output=True)
        return messages


def tells_only_facts(message: Message) -> bool:
    """Whether nothing is left of a message when its facts and the small words around them are gone."""
    text = message.get(TEXT) or ""
    facts = [each for each in message.get(ENTITIES) or [] if each["entity"] in FACTS]
    if not facts or len(text) > SHORT or text.startswith("/") or ASKS.search(text):
        return False
    if any(fact["value"] in ASSOCIATIONS for fact in facts):
        return False
    words = words_in(message)
    is_said = len(facts) > 1 or SAYS_SO.search(text) is not None
    return all(
        _is_within(word, facts) or _is_small(word) or (is_said and _is_of_trade(place, words, facts))
        for place, word in enumerate(words)
    )


def _is_within(word: Word, facts: list[dict[str, Any]]) -> bool:
    return any(fact["start"] < word.end and word.start < fact["end"] for fact in facts)


def _is_small(word: Word) -> bool:
    if word.tag.startswith(SMALL_TAGS) or "地名" in word.tag:
        return True
    return word.normal in SMALL_WORDS or not word.surface.isalnum()


def _is_of_trade(place: int, words: list[Word], facts: list[dict[str, Any]]) -> bool:
    """What a trade is in: 金魚 of 金魚の養殖, 畑作 of 畑作農家."""
    if not words[place].tag.startswith("名詞"):
        return False
    behind = words[place].end
    if words[place + 1 : place + 2] and words[place + 1].surface == "の":
        behind = words[place + 1].end
    return any(fact["start"] == behind for fact in facts if fact["entity"] == TRADE)
