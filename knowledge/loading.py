"""From the reviewed YAML files to checked records, and on to the database where they changed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Engine

from knowledge.checking import Placed, check
from knowledge.collection import Content
from knowledge.documents import KINDS
from knowledge.mistakes import ContentError, Mistake, explained, misplaced
from knowledge.strict_yaml import UnreadableFile, read_yaml
from knowledge.tables import counts, current_fingerprint, fingerprint, store
from knowledge.vocabulary import VOCABULARY_DIR, read_vocabulary

CONTENT_DIR = Path(__file__).parent / "content"


def load(
    engine: Engine, content_dir: Path = CONTENT_DIR, vocabulary_dir: Path = VOCABULARY_DIR
) -> dict[str, int]:
    """Bring the database up to the files and return the number of records of each kind.

    Nothing is written where the database already holds just this.

    Raises:
        ContentError: the files hold mistakes; the database keeps what it had.
    """
    content = read(content_dir, vocabulary_dir)
    if current_fingerprint(engine) == fingerprint(content):
        return counts(content)
    return store(engine, content)


def read(content_dir: Path = CONTENT_DIR, vocabulary_dir: Path = VOCABULARY_DIR) -> Content:
    """The content under both directories, checked.

    Raises:
        ContentError: with every mistake in every file at once.
    """
    desk = _Desk()
    for kind, path in desk.files(content_dir):
        desk.take(kind, path)
    try:
        vocabulary = read_vocabulary(vocabulary_dir)
    except ContentError as error:
        raise ContentError([*_with_lines(desk.mistakes, content_dir), *error.mistakes]) from error
    mistakes = [*desk.mistakes, *check(desk.placed, vocabulary, refused=desk.refused)]
    if mistakes:
        raise ContentError(_with_lines(mistakes, content_dir))
    return Content(tuple(one.record for one in desk.placed), vocabulary)


def _with_lines(mistakes: list[Mistake], content_dir: Path) -> list[Mistake]:
    return [mistake.found_in(content_dir) for mistake in mistakes]


@dataclass
class _Desk:
    """What has been read so far: good records, ids of broken ones, and what is wrong."""

    placed: list[Placed] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)

    def files(self, content_dir: Path) -> Iterator[tuple[str, Path]]:
        """Kind and path of each record file; whatever else lies there is a mistake, never passed over."""
        known = {kind: content_dir / kind for kind in KINDS}
        for path in sorted(content_dir.iterdir()):
            if path.is_dir() and path.name not in known:
                self._wrong(path.name, "", "", f"is no kind of record; kinds are {', '.join(KINDS)}.")
            elif path.is_file() and path.suffix in (".yml", ".yaml"):
                self._wrong(path.name, "", "", "must lie in the folder of its kind.")
        for kind, folder in known.items():
            for path in sorted(folder.iterdir()) if folder.is_dir() else []:
                if path.suffix == ".yml":
                    yield kind, path
                elif path.is_dir() or path.suffix == ".yaml":
                    self._wrong(f"{kind}/{path.name}", "", "", "is not a file ending in .yml.")

    def take(self, kind: str, path: Path) -> None:
        file = f"{kind}/{path.name}"
        try:
            document = read_yaml(path)
        except UnreadableFile as error:
            self._wrong(file, "", "", str(error))
            return
        if not isinstance(document, list | dict):
            self._wrong(file, "", "", "must hold one record or a list of records.")
            return
        alone = isinstance(document, dict)
        for place, body in enumerate([document] if isinstance(document, dict) else document, start=1):
            self._take_one(kind, file, f"record {place}", body, alone)

    def _take_one(self, kind: str, file: str, place: str, body: Any, alone: bool) -> None:
        slug = body.get("slug") if isinstance(body, dict) else None
        name = f"{kind}/{slug}" if isinstance(slug, str) else place
        try:
            record = KINDS[kind].model_validate(body)
        except ValidationError as error:
            self.refused.add(name)
            self.mistakes += explained(error, file=file, record=name)
            return
        self.placed.append(Placed(file, alone, record))
        self.mistakes += misplaced(body, record, file=file, record=name)

    def _wrong(self, file: str, record: str, key: str, sentence: str) -> None:
        self.mistakes.append(Mistake(file, record, key, sentence))
