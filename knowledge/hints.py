"""What a question wants beside its subject: the kind of record, the place, the trade, the purpose meant."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

from knowledge.documents import Guideline, Incident, Interview, Playbook, Record, Subsidy
from knowledge.words import normalise

# How owners ask outright for a kind of record, whatever it is about. Kinds that are missing here (measure,
# playbook, scheme) are asked for by their subject alone.
KIND_WORDS = {
    "subsidy": r"補助|助成|ほじょ|じょせい|支援金|給付金|交付金|もらえるお?金|"
    r"お金(を|が|は)?(出|もらえ|借り)|(県|市|区|都|府|町|国)(が|の|から).{0,6}(お金|制度|出)|税金|減税|税額|融資",
    "incident": r"事例|じれい|実例|前例|事件|ニュース|"
    r"(被害|やられた|なくした|漏れた|だまされた|あった|起きた)の?(会社|店|お店|とこ|ところ|話|例|やつ|病院|工場|団体)|"
    r"話(は|を|が|って|と|聞|あ|$)|(という|って|の)例|例(は|って|が|を|あ)",
    "contact": r"電話(番号|して|し(たら|たい)|は|が)|でんわ|連絡先|れんらくさき|窓口|相談先|"
    r"誰に(聞|相談|電話|言)|だれに|どこ(に|へ)(電話|相談|連絡|知らせ|届け|通報|報告|言|聞)|何番|届け?出",
    "statistic": r"何割|割合|パーセント|%|平均|"
    r"(どれ|どの)(くらい|ぐらい)(の(会社|団体|割合|件数)|ある|いる|あ|い)|どん(くらい|ぐらい)|何(件|社)|順位|ランキング|統計|件数",
    "level": r"どこまで|どの程度|最低限|最低線|最低ライン|水準|何から|なにから|"
    r"まず(何|なに|今日|やる)|次(は|に)何",
    "template": r"ひな[型形がた]|雛形|テンプレ|文面|見本|様式|書式|誓約書",
    "guideline": r"ガイドライン|がいどらいん|手引|てびき|指針",
    "trend": r"流行|はや(り|って)|動向|傾向|増えて",
    "procedure": r"手順|手続|申請|流れ|必要なもの|取り方|とりかた|採択",
    "question": r"設問|第?\d+問|問\d+",
    "interview": r"聞き取り|ききとり|インタビュー|生の声|本音",
    "product": r"おすすめ|お勧め|選び方|選ぶ|値段|料金|月額|比べ|比較|買いたい|メーカー",
    "term": r"とは($|[?、。 ])|って(何|なに|なん)(?!時|日|割|件|社|回|人|円|か月|から)|"
    r"(は|て)(何|なに|なん)(です|や|だ|の?$|の?[?]|じゃ|ね)|意味|言葉|用語|どういう(もの|こと)|(とい|って言)う(もの|の)は",
}
VOCABULARY = ("industry", "incident_kind", "purpose", "prefecture", "municipality")
PREFECTURE = re.compile(r"^(?:北海道|東京都|(?:京都|大阪)府|.{2,3}県)")
_KINDS = {kind: re.compile(pattern) for kind, pattern in KIND_WORDS.items()}

Words = Mapping[str, Mapping[str, str]]


def kinds_meant(text: str) -> list[str]:
    """The kinds of record that are asked for outright."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [kind for kind, pattern in _KINDS.items() if pattern.search(plain)]


class Meanings:
    """What the words of the vocabulary in a text mean, as tokens: 松江の民宿 -> 島根県, 宿泊業."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._by_first = {kind: _by_first(words.get(kind, {})) for kind in VOCABULARY}

    def of(self, text: str) -> list[str]:
        plain = normalise(text)
        return list(dict.fromkeys(token for kind in VOCABULARY for token in self._meant(kind, plain)))

    def _meant(self, kind: str, text: str) -> Iterator[str]:
        """The longest words first, none within another."""
        start = 0
        while start < len(text):
            words = self._by_first[kind].get(text[start], ())
            word = next((word for word in words if text.startswith(word, start)), None)
            start += len(word) if word else 1
            if word:
                meaning = self._words[kind][word]
                yield _token(kind, meaning)
                if kind == "municipality":
                    yield from (_token("prefecture", name) for name in PREFECTURE.findall(meaning)[:1])


def _by_first(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first character, the longest first."""
    found: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        found.setdefault(word[0], []).append(word)
    return found


def meanings_of(record: Record) -> list[str]:
    """What a record is filed under, as the same tokens."""
    if isinstance(record, Incident):
        return [_token("industry", record.industry), _token("incident_kind", record.incident_kind)]
    if isinstance(record, Interview):
        return [_token("industry", record.industry), _token("prefecture", record.location)]
    if isinstance(record, Playbook):
        return [_token("incident_kind", kind) for kind in record.incident_kinds]
    if isinstance(record, Guideline | Subsidy):
        industries = [_token("industry", name) for name in record.industries]
        return [*industries, *(_places(record) if isinstance(record, Subsidy) else [])]
    return []


def _places(subsidy: Subsidy) -> list[str]:
    region = subsidy.region
    found = [_token("purpose", slug) for slug in subsidy.purposes]
    found += [_token("prefecture", name) for name in (region.prefecture, *region.prefectures) if name]
    if region.municipality:
        found.append(_token("municipality", f"{region.prefecture}{region.municipality}"))
    return found


def _token(kind: str, meaning: str) -> str:
    return f"={kind}:{meaning}"
