"""What must be looked at again, because it was last checked long ago or because its deadline comes near."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.documents import Record, Subsidy


@dataclass(frozen=True, order=True)
class Stale:
    """A record to be checked again; the order is that in which to do it."""

    deadline: date
    """The next day on which an application round ends; the last of all days where there is none."""
    checked_on: date
    id: str

    @property
    def has_deadline(self) -> bool:
        return self.deadline != date.max


def stale(records: Iterable[Record], *, on: date, days: int) -> list[Stale]:
    """The records with a source last checked more than so many days before, soonest deadline first."""
    before = on - timedelta(days=days)
    found = []
    for record in records:
        checked_on = min(source.checked_on for source in record.sources)
        if checked_on < before:
            found.append(Stale(_next_deadline(record, on), checked_on, record.id))
    return sorted(found)


def _next_deadline(record: Record, on: date) -> date:
    windows = record.windows if isinstance(record, Subsidy) else []
    return min((w.end for w in windows if w.end and w.end >= on), default=date.max)
