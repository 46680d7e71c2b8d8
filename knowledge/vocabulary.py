"""The words with a fixed meaning: the survey's 19 industries, incidents, purposes, places of Japan."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Self, TypeVar

from pydantic import Field, ValidationError, model_validator

from knowledge.documents import Document, RecordId, Slug, Text
from knowledge.mistakes import ContentError, Mistake, explained
from knowledge.strict_yaml import UnreadableFile, read_yaml
from knowledge.words import normalise, settle

VOCABULARY_DIR = Path(__file__).parent / "vocabulary"
VOCABULARY_KINDS = ("industry", "incident_kind", "purpose", "outside", "prefecture", "municipality")
WARD = re.compile(r"^.+市(.+区)$")

Claims = Iterator[tuple[str, str]]
D = TypeVar("D", bound=Document)


class Industry(Document):
    """``holds`` and ``level`` are our editorial judgement: what such a trade keeps, which step is enough."""

    name: Text
    holds: Text | None = Field(description="預かりがちな情報。「宿泊者の個人情報」のような短い名詞句")
    level: int = Field(ge=1, le=3, description="はしごの段。既定で3にはしない")
    trades: list[Text] = Field(min_length=1, description="相談者が使う業種のことば")

    def claims(self) -> Claims:
        spoken = (self.name, self.name.replace("、", ","), *self.trades)
        return ((word, self.name) for word in spoken)


class IncidentKind(Document):
    slug: Slug
    label: Text
    words: list[Text] = Field(min_length=1)

    def claims(self) -> Claims:
        return ((word, self.slug) for word in (self.slug, self.label, *self.words))


class Purpose(Document):
    """What a company wants to spend on; a subsidy names those it can pay for."""

    slug: Slug
    label: Text
    words: list[Text] = Field(min_length=1)
    measures: list[RecordId]

    def claims(self) -> Claims:
        return ((word, self.slug) for word in (self.slug, self.label, *self.words))


class Prefecture(Document):
    """``short`` is the name without 都府県; a ward of a large city stands with the city's name before it."""

    name: Text
    short: Text
    municipalities: list[Text] = Field(min_length=1)

    def claims(self) -> Claims:
        return ((word, self.name) for word in (self.name, self.short))


class Industries(Document):
    industries: list[Industry]


class IncidentKinds(Document):
    incident_kinds: list[IncidentKind]


class Purposes(Document):
    purposes: list[Purpose]


class Outside(Document):
    """Words for matters of other desks."""

    outside: list[Text]

    def claims(self) -> Claims:
        return ((word, word) for word in self.outside)


class Places(Document):
    """``not_alone``: city names that mean something else far more often when 市 is left off.

    ``also``: what else owners call the place they are in, such as 博多 or 信州, with all that it may mean.
    """

    not_alone: list[Text]
    also: dict[Text, list[Text]]
    prefectures: list[Prefecture]

    @model_validator(mode="after")
    def _also_means_places(self) -> Self:
        known = {meaning for _, meaning in self._official()} | self._prefectures()
        strange = [word for word, places in self.also.items() if not places or not known.issuperset(places)]
        if strange:
            raise ValueError(f"also: {', '.join(strange)} must mean places listed here.")
        return self

    def claims(self) -> Claims:
        """Every municipality by its full name; 金沢 too, unless a prefecture or common word is called so."""
        closed = {*self.not_alone, *(prefecture.short for prefecture in self.prefectures)}
        for word, place in self._official():
            if word not in closed:
                yield word, place
        yield from ((word, place) for word, place in self._also() if place not in self._prefectures())

    def regions(self) -> Claims:
        """The prefectures by full and short name, and by those of ``also`` that mean the whole of one."""
        for prefecture in self.prefectures:
            yield from prefecture.claims()
        yield from ((word, place) for word, place in self._also() if place in self._prefectures())

    def called(self) -> dict[str, list[str]]:
        """Normalised word -> every place that is called so, 府中市 -> 東京都府中市 and 広島県府中市."""
        found: dict[str, list[str]] = {}
        for word, place in (*self.regions(), *self.claims()):
            places = found.setdefault(normalise(word), [])
            if place not in places:
                places.append(place)
        return found

    def homonyms(self) -> list[str]:
        """The words for a place that leave open which one; the owner is asked."""
        return [word for word, places in self.called().items() if len(places) > 1]

    def _official(self) -> Claims:
        for prefecture in self.prefectures:
            for name in prefecture.municipalities:
                for word in (prefecture.name + name, name, *_short_names(name)):
                    yield word, prefecture.name + name

    def _also(self) -> Claims:
        return ((word, place) for word, places in self.also.items() for place in places)

    def _prefectures(self) -> set[str]:
        return {prefecture.name for prefecture in self.prefectures}


def _short_names(name: str) -> list[str]:
    if ward := WARD.match(name):
        return [ward[1]]
    return [name[:-1]] if name.endswith("市") and len(name) > 2 else []


class Vocabulary(Document):
    industries: list[Industry]
    incident_kinds: list[IncidentKind]
    purposes: list[Purpose]
    outside: Outside
    places: Places

    def claims(self, kind: str) -> list[tuple[str, str]]:
        """Every word of that kind as it is written, with the meaning it claims."""
        if kind == "prefecture":
            return list(self.places.regions())
        if kind in ("municipality", "outside"):
            return list((self.outside if kind == "outside" else self.places).claims())
        listed: dict[str, Sequence[Industry | IncidentKind | Purpose]] = {
            "industry": self.industries,
            "incident_kind": self.incident_kinds,
            "purpose": self.purposes,
        }
        return [claim for entry in listed[kind] for claim in entry.claims()]

    def meanings(self, kind: str) -> set[str]:
        """Everything a word of that kind can mean: the 19 names, the slugs, 石川県金沢市."""
        return {meaning for _, meaning in self.claims(kind)}


def read_vocabulary(directory: Path = VOCABULARY_DIR) -> Vocabulary:
    """The vocabulary under the directory.

    Raises:
        ContentError: a file is unreadable, or a word stands under two industries or kinds.
    """
    industries = read_shape(directory / "industry.yml", Industries).industries
    incident_kinds = read_shape(directory / "incident_kind.yml", IncidentKinds).incident_kinds
    purposes = read_shape(directory / "purpose.yml", Purposes).purposes
    mistakes = [
        *_torn_words(industries, "vocabulary/industry.yml"),
        *_torn_words(incident_kinds, "vocabulary/incident_kind.yml"),
        *_torn_words(purposes, "vocabulary/purpose.yml"),
    ]
    if mistakes:
        raise ContentError(mistake.found_in(directory.parent) for mistake in mistakes)
    return Vocabulary(
        industries=industries,
        incident_kinds=incident_kinds,
        purposes=purposes,
        outside=read_shape(directory / "outside.yml", Outside),
        places=read_shape(directory / "place.yml", Places),
    )


def read_shape(path: Path, shape: type[D]) -> D:
    file = f"vocabulary/{path.name}"
    try:
        return shape.model_validate(read_yaml(path))
    except (UnreadableFile, OSError) as error:
        raise ContentError([Mistake(file, "", "", str(error))]) from error
    except ValidationError as error:
        mistakes = explained(error, file=file, record="")
        raise ContentError(mistake.found_in(path.parent.parent) for mistake in mistakes) from error


def _torn_words(entries: Sequence[Industry | IncidentKind | Purpose], file: str) -> Iterator[Mistake]:
    claims = [claim for entry in entries for claim in entry.claims()]
    settled = settle(claims)
    for word, meaning in claims:
        if normalise(word) not in settled:
            yield Mistake(file, meaning, word, "stands under another entry as well; a word has one meaning.")


@cache
def vocabulary() -> Vocabulary:
    """The project's own vocabulary, read once per process."""
    return read_vocabulary()


@cache
def _places_called() -> dict[str, list[str]]:
    return vocabulary().places.called()


def places_called(word: str) -> list[str]:
    """All places an owner may mean by a word: one for 金沢, two for 府中市, none if it is no place."""
    return _places_called().get(normalise(word), [])


class UnknownIndustry(KeyError):
    """Not one of the survey's 19 industries."""


def industry(name: str) -> Industry:
    """What such a trade typically holds and which step of the ladder is usually enough.

    Raises:
        UnknownIndustry: the name is not one of the 19.
    """
    for entry in vocabulary().industries:
        if entry.name == name:
            return entry
    raise UnknownIndustry(name)


def incident_kind(slug: str) -> IncidentKind:
    """The kind's spoken label and words. Raises KeyError for a slug the vocabulary lacks."""
    return {entry.slug: entry for entry in vocabulary().incident_kinds}[slug]
