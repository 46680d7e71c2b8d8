"""Whether a scheme takes applications on a day, and how its deadline is told. Computed, never stored."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum

from advisor.clock import JST
from advisor.exchange import Phrase, Value
from advisor.papers import Dates, Entry
from advisor.reading import checked, clock, day, long_ago
from knowledge.documents import Subsidy, Window

PAYING = {"subsidy", "tax", "loan"}


class Status(IntEnum):
    """The order is that of usefulness to the owner."""

    OPEN = 0
    PLANNED = 1
    UNCONFIRMED = 2
    CLOSED = 3


@dataclass(frozen=True)
class Standing:
    """How a scheme stands on a day, and the round that makes it so."""

    status: Status
    window: Window | None = None

    @property
    def last_day(self) -> date | None:
        """The day by which something must be done: a gate that comes before the deadline counts first."""
        if self.window is None or self.status not in (Status.OPEN, Status.PLANNED):
            return None
        return min((gate.on for gate in self.window.gates), default=self.window.end)


def standing(subsidy: Subsidy, *, on: date) -> Standing:
    """A round whose gate has passed is over; a round without dates means: must be confirmed."""
    windows = [w for w in subsidy.windows if all(gate.on >= on for gate in w.gates)]
    running = [w for w in windows if w.end and w.end >= on and (w.start is None or w.start <= on)]
    if running:
        return Standing(Status.OPEN, min(running, key=lambda window: window.end or date.max))
    if subsidy.year_round:
        return Standing(Status.OPEN)
    coming = [w for w in windows if w.start and w.start > on]
    if coming:
        return Standing(Status.PLANNED, min(coming, key=lambda window: window.start or date.max))
    if any(w.end is None for w in subsidy.windows) or not subsidy.windows:
        return Standing(Status.UNCONFIRMED)
    return Standing(Status.CLOSED)


def deadline(subsidy: Subsidy, today: date) -> Phrase:
    """締切 with 確認日; past the last known round, that it must be confirmed, and any doubt."""
    now = standing(subsidy, on=today)
    seen: dict[str, Value] = {"checked": checked(max(source.checked_on for source in subsidy.sources))}
    window = now.window
    if now.status is Status.OPEN and window and window.end:
        time = Phrase("until_time", {"time": clock(window.time)}) if window.time else Phrase("until_day")
        told = seen | {"end": day(window.end), "time": time, "left": left(window.end, today)}
        return Phrase("deadline_open", told | {"gate": _gate(window, today)})
    if now.status is Status.OPEN:
        return Phrase("deadline_none" if pays(subsidy) else "any_time", seen)
    if now.status is Status.PLANNED and window and window.start:
        return Phrase("deadline_planned", seen | {"start": day(window.start)})
    known = [w for w in subsidy.windows if w.end]
    if known:
        past = max(known, key=lambda window: window.end or date.min)
        assert past.end is not None  # noqa: S101 - only those with an end are known
        if past.end >= today:
            return Phrase("deadline_gate_passed", seen | {"gate": past.gates[0].what})
        doubt = Phrase("deadline_doubt") if past.note and "未確認" in past.note else ""
        return Phrase("deadline_past", seen | {"end": long_ago(past.end, today), "doubt": doubt})
    return Phrase("deadline_unconfirmed" if pays(subsidy) else "now_unconfirmed", seen)


def days_left(subsidy: Subsidy, today: date) -> dict[str, int]:
    """Named by the day: how many days there are to each date of the round that counts."""
    window = standing(subsidy, on=today).window
    days = [*(gate.on for gate in window.gates), window.end] if window else []
    return {f"days to {day}": (day - today).days for day in days if day}


def to_save(subsidy: Subsidy, today: date) -> Dates | None:
    """The dates still ahead of the round that can be applied for: its gates, its beginning or its end."""
    now = standing(subsidy, on=today)
    if now.window is None:
        return None
    url = str(subsidy.official_url) if subsidy.official_url and subsidy.official_url_verified else None
    about: dict[str, Value] = {"title": subsidy.title}
    entries = [
        Entry(Phrase("date_gate", about | {"what": gate.what}), gate.on, url)
        for gate in now.window.gates
        if gate.on >= today
    ]
    if now.status is Status.PLANNED and now.window.start:
        entries.append(Entry(Phrase("date_start", about), now.window.start, url))
    if now.window.end:
        entries.append(Entry(Phrase("date_end", about), _moment(now.window.end, now.window.time), url))
    return Dates(Phrase("paper_dates"), subsidy.slug, entries) if entries else None


def _moment(end: date, time: str | None) -> date | datetime:
    if time is None:
        return end
    hour, minute = map(int, time.split(":"))
    return datetime(end.year, end.month, end.day, hour, minute, tzinfo=JST)


def pays(subsidy: Subsidy) -> bool:
    """Schemes that help without paying have no 締切 to speak of."""
    return subsidy.scheme in PAYING


def left(end: date, today: date) -> Phrase:
    """「あと17日」, or that it is today."""
    days = (end - today).days
    return Phrase("days_left", {"left": days}) if days > 0 else Phrase("last_day")


def _gate(window: Window, today: date) -> Phrase | str:
    ahead = [gate for gate in window.gates if gate.on >= today]
    if not ahead:
        return ""
    first = min(ahead, key=lambda gate: gate.on)
    return Phrase("deadline_gate", {"what": first.what, "on": day(first.on), "left": left(first.on, today)})
