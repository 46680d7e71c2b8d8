"""Cases at a desk, made as owners make them, and what a test needs to look at them."""

from sqlalchemy import Engine, select, update

from api.conversations import opening, people, transcript
from api.conversations.store import Store
from api.desk import handoff
from api.desk.tables import Ticket
from api.replies import Reply
from api.tables import Conversation
from tests.api.desk.entering import OURS
from tests.api.fake_rasa import BACKUP, MORE, OTHERS

STATE = {
    "company": {
        "industry": "宿泊業",
        "employees": 12,
        "prefecture": "石川県",
        "municipality": "金沢市",
        "handles_personal_data": True,
    }
}
ANSWER = "バックアップは、つながない場所にも1つ置くと安心です。"


def conversed(database: Engine, association: str = OURS, channel: str = "web") -> str:
    """A conversation in which the advisor has answered once from the knowledge."""
    with database.begin() as connection:
        conversation, _ = opening.begin(connection, association, channel, None)
        its = update(Conversation).where(Conversation.id == conversation.id)
        connection.execute(its.values(state=STATE))
        reply = Reply.model_validate(
            {"text": ANSWER, "custom": {"topic": "measure", "refs": [BACKUP], "choices": [MORE, OTHERS]}}
        )
        transcript.add_reply(connection, conversation.id, reply)
    return conversation.id


def opened(
    database: Engine,
    association: str = OURS,
    reason: str = "asked",
    urgency: str = "normal",
    **values: object,
) -> int:
    """A case that waits, of a conversation of its own unless one is named."""
    conversation_id = str(values.pop("conversation_id", "")) or conversed(database, association)
    with database.begin() as connection:
        asked = select(Conversation.__table__).where(Conversation.id == conversation_id)
        case = handoff.begin(connection, connection.execute(asked).one(), reason, urgency)
        people.set_mode(connection, conversation_id, "waiting")
        if values:
            connection.execute(update(Ticket).where(Ticket.id == case.id).values(**values))
    return int(case.id)


def ticket(database: Engine, ticket_id: int) -> Ticket:
    with database.connect() as connection:
        row = connection.execute(select(Ticket.__table__).where(Ticket.id == ticket_id)).mappings().one()
        return Ticket(**row)


def conversation_of(database: Engine, ticket_id: int) -> str:
    return ticket(database, ticket_id).conversation_id


def mode(database: Engine, conversation_id: str) -> str:
    with database.connect() as connection:
        asked = select(Conversation.mode).where(Conversation.id == conversation_id)
        return str(connection.execute(asked).scalar_one())


def lines(database: Engine, conversation_id: str) -> list[tuple[str, str]]:
    """Who said what, in order."""
    return [(line.role, line.text) for line in Store(database).messages(conversation_id, None)]
