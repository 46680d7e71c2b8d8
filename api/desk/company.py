"""What is known of the company in a conversation, for whoever may see it."""

from sqlalchemy import Engine

from api.conversations import self_checks
from api.conversations.schemas import Profile
from api.conversations.service import company_of
from api.desk import ticket_rows
from api.desk.who import Member


def company_in(engine: Engine, member: Member, conversation_id: str) -> Profile:
    """The company and its last self-check.

    Raises:
        TicketUnknown: another association's conversation, or none.
    """
    with engine.connect() as connection:
        its = ticket_rows.conversation(connection, member, conversation_id)
        checked = self_checks.latest(connection, conversation_id)
    return company_of(its).model_copy(update={"self_check": checked})
