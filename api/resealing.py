"""Everything sealed is sealed again with the newest key, while the gateways go on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, TableClause, column, select, table, update
from sqlalchemy.orm import Session

import api.desk.tables
import api.tables  # noqa: F401 - registers the tables
from api.keyring import Keyring
from api.sealing import SealedJson, SealedText
from api.tables import KeyProbe
from knowledge.database import Base

BATCH = 500
PROBE = KeyProbe(id=1, sample="まもり")


@dataclass(frozen=True)
class SealedColumns:
    """A table as it lies in the database: tokens, not what they hold."""

    raw: TableClause
    key: str
    names: tuple[str, ...]


def check_keys(engine: Engine) -> None:
    """Opens what the first start sealed; the first start itself seals it.

    Raises:
        KeysMissing: these are not the keys of this database.
    """
    with Session(engine) as session, session.begin():
        if session.get(KeyProbe, PROBE.id) is None:
            session.add(KeyProbe(id=PROBE.id, sample=PROBE.sample))


def reseal(engine: Engine, keyring: Keyring) -> int:
    """One pass over all there is; returns how many rows still had an older key.

    To be repeated until it returns 0: rows in use are left to the next pass, so that no gateway waits.

    Raises:
        KeysMissing: the key of some row is not known any more.
    """
    return sum(_reseal(engine, keyring, sealed) for sealed in sealed_columns())


def sealed_columns() -> Iterator[SealedColumns]:
    for whole in Base.metadata.sorted_tables:
        names = tuple(c.name for c in whole.c if isinstance(c.type, SealedText | SealedJson))
        (key,) = whole.primary_key.columns.keys() if names else [""]
        if names:
            yield SealedColumns(table(whole.name, *map(column, (key, *names))), key, names)


def _reseal(engine: Engine, keyring: Keyring, sealed: SealedColumns) -> int:
    count, last, key = 0, None, sealed.raw.c[sealed.key]
    while True:
        some = select(sealed.raw).order_by(key).limit(BATCH)
        with engine.connect() as connection:
            rows = connection.execute(some if last is None else some.where(key > last)).mappings().all()
        if not rows:
            return count
        last = rows[-1][sealed.key]
        old = [row[sealed.key] for row in rows if _is_old(row, keyring, sealed)]
        if old:
            _rewrite(engine, keyring, sealed, old)
        count += len(old)


def _is_old(row: Any, keyring: Keyring, sealed: SealedColumns) -> bool:
    return any(row[name] is not None and not keyring.is_newest(row[name]) for name in sealed.names)


def _rewrite(engine: Engine, keyring: Keyring, sealed: SealedColumns, ids: Sequence[Any]) -> None:
    """Only rows nobody holds, and none that changed in between."""
    raw, key = sealed.raw, sealed.raw.c[sealed.key]
    with engine.begin() as connection:
        free = select(raw).where(key.in_(ids)).with_for_update(skip_locked=True)
        for row in connection.execute(free).mappings().all():
            as_seen = [raw.c[name] == row[name] for name in sealed.names if row[name] is not None]
            anew = {name: _again(row[name], keyring) for name in sealed.names}
            connection.execute(update(raw).where(key == row[sealed.key], *as_seen).values(anew))


def _again(token: str | None, keyring: Keyring) -> str | None:
    return None if token is None else keyring.seal(keyring.open(token))
