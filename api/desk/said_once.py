"""A form that is sent twice, by a double click or a page loaded again, does its deed once."""

from sqlalchemy import Connection, Table

from api.conversations.once import insert_once
from api.conversations.tokens import hash_of
from api.desk.who import Member
from api.instants import now
from api.tables import Arrival

_ARRIVALS: Table = Arrival.__table__  # type: ignore[assignment]


class SaidBefore(Exception):
    """This very form has been taken already."""


def only_once(connection: Connection, member: Member, key: str | None) -> None:
    """In the transaction of the deed: what is not done leaves no trace here either.

    Raises:
        SaidBefore
    """
    if not key:
        return
    row = {"key_hash": hash_of(f"desk {member.id} {key}"), "at": now()}
    if not insert_once(connection, _ARRIVALS, row):
        raise SaidBefore
