"""Who read and did what at the desk: written in the same transaction as the deed, never changed."""

from typing import Any

from sqlalchemy import Connection, Table, insert

from api.desk.tables import AuditEntry
from api.desk.who import Member
from api.instants import now

_ENTRIES: Table = AuditEntry.__table__  # type: ignore[assignment]


def note(
    connection: Connection,
    member: Member | None,
    action: str,
    *,
    association: str | None,
    subject: str | None = None,
    **detail: Any,
) -> None:
    """``subject``: ``ticket:12``, ``conversation:c_…``, ``staff:s_…``. ``member``: None for the command line.

    ``detail`` holds ids, counts and names of states: nothing anybody wrote, no name, number or address.
    """
    connection.execute(
        insert(_ENTRIES).values(
            at=now(),
            association=association,
            staff_id=member.id if member else None,
            action=action,
            subject=subject,
            detail=detail,
        )
    )
