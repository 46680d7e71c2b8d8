"""What is known of a company to those who write at a door that is answered by sending."""

from sqlalchemy import Engine, Table, select

from api.conversations import callers, self_checks
from api.conversations.happenings import Whence
from api.conversations.schemas import Profile
from api.conversations.service import company_of
from api.tables import Conversation

_CONVERSATIONS: Table = Conversation.__table__  # type: ignore[assignment]


def profile_of(engine: Engine, whence: Whence) -> Profile | None:
    """The company and its last self-check; None where they have never written."""
    with engine.connect() as connection:
        conversation_id = callers.find(connection, whence)
        asked = select(_CONVERSATIONS).where(_CONVERSATIONS.c.id == conversation_id)
        row = connection.execute(asked).mappings().one_or_none()
        if row is None:
            return None
        checked = self_checks.latest(connection, row["id"])
        return company_of(Conversation(**row)).model_copy(update={"self_check": checked})


def is_known(engine: Engine, whence: Whence) -> bool:
    """Whether they have ever been here."""
    with engine.connect() as connection:
        return callers.find(connection, whence) is not None
