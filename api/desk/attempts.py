"""Guesses at a login are counted, and after five in a row they have to wait: a minute, two, … an hour.

What is counted is an e-mail address, whether somebody has it or not; but a browser in which this person has
logged in before is counted by itself. So nobody who only knows an address can keep its owner out.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, Table, case, delete, insert, select, update

from api.conversations.once import insert_once
from api.conversations.tokens import hash_of, new_token
from api.desk.tables import Attempts, KnownBrowser
from api.instants import now

FREE = 5
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)
BROWSER_KEPT = timedelta(days=180)

_ATTEMPTS: Table = Attempts.__table__  # type: ignore[assignment]
_BROWSERS: Table = KnownBrowser.__table__  # type: ignore[assignment]


def key_of(connection: Connection, email: str, staff_id: str | None, browser: str | None) -> str:
    """By what an attempt is counted."""
    known = _BROWSERS.c.id_hash == hash_of(browser or ""), _BROWSERS.c.staff_id == (staff_id or "")
    if connection.scalar(select(_BROWSERS.c.staff_id).where(*known)) is not None:
        return hash_of(f"browser:{staff_id}:{browser}")
    return hash_of(f"email:{email}")


def begin(engine: Engine, key: str) -> int | None:
    """Counts an attempt before it is looked at, so that many at once gain nothing.

    Returns how many there have been in a row; None: it has to wait and is not looked at.
    """
    at = now()
    with engine.begin() as connection:
        connection.execute(delete(_ATTEMPTS).where(_ATTEMPTS.c.last_at < at - FORGOTTEN_AFTER))
        insert_once(connection, _ATTEMPTS, {"key": key, "failures": 0, "last_at": at, "locked_until": None})
        lock = _ATTEMPTS.c.locked_until
        free = update(_ATTEMPTS).where(_ATTEMPTS.c.key == key, lock.is_(None) | (lock <= at))
        counted = free.values(failures=_ATTEMPTS.c.failures + 1, last_at=at, locked_until=None)
        failures: int | None = connection.scalar(counted.returning(_ATTEMPTS.c.failures))
        if failures is not None and failures >= FREE:
            locked = update(_ATTEMPTS).where(_ATTEMPTS.c.key == key)
            connection.execute(locked.values(locked_until=at + wait_after(failures)))
    return failures


def take_back(connection: Connection, key: str) -> None:
    """It was no failure, but nobody is in yet."""
    fewer = case((_ATTEMPTS.c.failures > 0, _ATTEMPTS.c.failures - 1), else_=0)
    connection.execute(
        update(_ATTEMPTS).where(_ATTEMPTS.c.key == key).values(failures=fewer, locked_until=None)
    )


def forget(connection: Connection, key: str) -> None:
    connection.execute(delete(_ATTEMPTS).where(_ATTEMPTS.c.key == key))


def unlock(connection: Connection, email: str) -> None:
    forget(connection, hash_of(f"email:{email}"))


def locked_until(connection: Connection, email: str) -> datetime | None:
    """Until when guesses at this address wait."""
    asked = select(_ATTEMPTS.c.locked_until).where(_ATTEMPTS.c.key == hash_of(f"email:{email}"))
    until: datetime | None = connection.scalar(asked)
    return until if until and until > now() else None


def wait_after(failures: int) -> timedelta:
    times: int = 2 ** min(failures - FREE, 10)
    return min(FIRST_WAIT * times, LONGEST_WAIT)


def know_browser(connection: Connection, staff_id: str, browser: str | None) -> str:
    """From now on this browser is known as theirs; returns the secret it keeps."""
    at = now()
    connection.execute(delete(_BROWSERS).where(_BROWSERS.c.used_at < at - BROWSER_KEPT))
    known = _BROWSERS.c.id_hash == hash_of(browser or "")
    if browser is None or connection.scalar(select(_BROWSERS.c.id_hash).where(known).limit(1)) is None:
        browser = new_token()
    row = {"id_hash": hash_of(browser), "staff_id": staff_id}
    connection.execute(delete(_BROWSERS).where(*(_BROWSERS.c[name] == value for name, value in row.items())))
    connection.execute(insert(_BROWSERS).values(**row, used_at=at))
    return browser


def forget_browsers(connection: Connection, staff_id: str) -> None:
    connection.execute(delete(_BROWSERS).where(_BROWSERS.c.staff_id == staff_id))
