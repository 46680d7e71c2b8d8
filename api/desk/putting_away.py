"""An owner's deletion under legal hold: access ends at once, and the deletion itself waits.

Nobody reaches the conversation any more, at no door: the token is dead, the caller is forgotten, links to
papers lead nowhere, nothing is sent. What is kept is deleted by `mamori purge` once the hold is over.
"""

from sqlalchemy import Connection, Table, delete, select, update

from api.conversations import turns
from api.conversations.tokens import hash_of, new_token
from api.desk import moves
from api.desk.ticket_rows import open_of
from api.instants import now
from api.tables import Attachment, Caller, Conversation, Delivery, LinkCode

_ATTACHMENTS: Table = Attachment.__table__  # type: ignore[assignment]
_OPEN = ("new", "run", "held", "dead")


def is_held(connection: Connection, conversation_id: str) -> bool:
    asked = select(Conversation.held_at).where(Conversation.id == conversation_id)
    return connection.scalar(asked) is not None


def put_away(connection: Connection, conversation_id: str) -> None:
    """In the transaction of somebody who holds the conversation."""
    ticket = open_of(connection, conversation_id)
    if ticket is not None:
        moves.close(connection, ticket, "deleted", None)
    gone = {"token_hash": hash_of(new_token()), "deletion_asked_at": now(), "mode": "bot"}
    connection.execute(update(Conversation).where(Conversation.id == conversation_id).values(**gone))
    for table in (Caller, LinkCode):
        connection.execute(delete(table).where(table.conversation_id == conversation_id))
    unsent = update(Delivery).where(Delivery.conversation_id == conversation_id, Delivery.status.in_(_OPEN))
    connection.execute(unsent.values(status="done", done_at=now(), lease_owner=None, lease_until=None))
    mine = turns.TURNS.c.conversation_id == conversation_id, turns.TURNS.c.status.in_((*turns.OPEN, "dead"))
    connection.execute(update(turns.TURNS).where(*mine).values(status="done", payload="", lease_owner=None))
    papers = select(_ATTACHMENTS.c.id).where(_ATTACHMENTS.c.conversation_id == conversation_id)
    for id_ in connection.scalars(papers).all():
        elsewhere = update(_ATTACHMENTS).where(_ATTACHMENTS.c.id == id_)
        connection.execute(elsewhere.values(id=hash_of(new_token())))
