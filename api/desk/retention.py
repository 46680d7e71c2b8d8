"""How long each association's conversations are kept; what is under legal hold stays."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.conversations.store import Store
from api.desk.arrangement import read
from api.desk.tables import Desk
from api.instants import now


class Retention:
    """``days``: for every association that has set none of its own."""

    def __init__(self, engine: Engine, days: int) -> None:
        self._engine, self._store = engine, Store(engine)
        self._days = days

    def due(self) -> Sequence[str]:
        """The conversations that would be deleted now."""
        return self._store.unused_since(*self._cutoffs())

    def purge(self) -> int:
        """Deletes them, and those whose owner's deletion waited for a hold; returns how many there were."""
        return self._store.purge(*self._cutoffs())

    def _cutoffs(self) -> tuple[datetime, dict[str, datetime]]:
        at = now()
        with Session(self._engine) as session:
            desks = session.execute(select(Desk.association, Desk.settings)).all()
        own = {one.association: read(one.settings, None).retention_days for one in desks}
        cutoffs = {association: at - timedelta(days=days) for association, days in own.items() if days}
        return at - timedelta(days=self._days), cutoffs
