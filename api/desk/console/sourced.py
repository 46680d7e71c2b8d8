"""A record of the knowledge as a person of the association can send it: the words, then where they stand."""

from dataclasses import dataclass

from api.channels.sources import source_line
from knowledge.documents import KINDS, Contact, Incident, Interview, Measure, Record, Statistic
from knowledge.documents.response import Playbook
from knowledge.library import Library, UnknownRecord

AT_MOST = 8

KIND_NAMES = {
    "measure": "対策",
    "level": "水準",
    "question": "診断の問い",
    "guideline": "手引き",
    "scheme": "制度",
    "incident": "被害事例",
    "interview": "取り組み",
    "playbook": "初動手順",
    "contact": "相談先",
    "subsidy": "補助金・支援",
    "procedure": "手続き",
    "statistic": "調査の数値",
    "trend": "動き",
    "term": "言葉",
    "template": "社内の決まり",
    "product": "製品の種類",
}


@dataclass(frozen=True)
class Sourced:
    """``text`` goes into a reply as it is; its last line is the source with its date."""

    id: str
    kind: str
    title: str
    words: str
    source: str
    url: str | None

    @property
    def text(self) -> str:
        return "\n".join(part for part in (self.words, self.source) if part)


def found(library: Library, words: str, kind: str = "") -> list[Sourced]:
    """What the knowledge holds about these words, likeliest first; nothing for no words."""
    if not words.strip():
        return []
    kinds = [kind] if kind in KINDS else []
    return [sourced(record) for record in library.search(words, kinds=kinds, at_most=AT_MOST)]


def sourced(record: Record) -> Sourced:
    first = record.sources[0]
    source = source_line(
        [
            {
                "source_title": first.title,
                "source_date": first.published,
                "checked_on": first.checked_on.isoformat(),
            }
        ]
    )
    kind = KIND_NAMES.get(record.kind, record.kind)
    url = str(first.url) if first.url else None
    return Sourced(record.id, kind, record.title, _words(record), source, url)


def _words(record: Record) -> str:
    """The record in one or two sentences that an owner understands."""
    match record:
        case Measure():
            words = f"{record.plain}\n最初の一歩：{record.first_step}"
        case Contact():
            words = _lines(f"{record.title}：{record.plain}", record.phone, record.hours)
        case Statistic():
            words = _statistic(record)
        case Incident():
            words = _lines(f"{record.told_as}の例：{record.what}", record.lesson)
        case Interview():
            words = f"{record.trade}の取り組み：{record.what}"
        case Playbook():
            words = _lines(f"{record.title}：まず行うこと", *(f"・{step}" for step in record.now))
        case _:
            plain = getattr(record, "plain", None) or getattr(record, "asks", None)
            words = _lines(f"{record.title}：{plain}" if plain else record.title)
    return words


def _statistic(record: Statistic) -> str:
    who = record.population + (f"（{record.sample_size}社・人）" if record.sample_size else "")
    if record.value is None:
        return _lines(f"{record.plain}：数値は見つかっていません（{who}）", record.note)
    value = f"{record.value:,.10g}" if isinstance(record.value, float) else record.value
    return _lines(f"{record.plain}：{value}{record.unit or ''}（{who}）", record.note)


def _lines(*lines: str | None) -> str:
    return "\n".join(line for line in lines if line)


def by_id(library: Library, record_id: str) -> str:
    """What a reply would say of this record; nothing where there is none."""
    try:
        return sourced(library.get(record_id)).text
    except UnknownRecord:
        return ""
