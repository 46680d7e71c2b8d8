"""Who may use which route of the console, and what each is sent when it is walked (see `walking.py`)."""

from sqlalchemy import Engine, insert, update
from sqlalchemy.orm import Session

from api.conversations.inbox import Inbox
from api.conversations.incoming import Incoming
from api.conversations.store import Store
from api.desk.tables import CannedReply, TicketNote
from api.desk.who import MANAGER, OPERATOR, STAFF
from api.instants import now
from api.tables import Conversation, Delivery, Turn
from tests.api.desk.cases import conversation_of, conversed, opened
from tests.api.desk.entering import THEIRS, hired
from tests.api.desk.walking import MARK, Made, Walk


def a_conversation(database: Engine, association: str) -> str:
    id_ = conversed(database, association)
    with database.begin() as connection:
        state = {"company": {"industry": MARK, "prefecture": MARK}}
        connection.execute(update(Conversation).where(Conversation.id == id_).values(state=state))
    return id_


def a_case(database: Engine, association: str) -> str:
    """With all that is written at it: a summary, labels, a call to make, a note among staff."""
    talk = a_conversation(database, association)
    id_ = opened(database, association, conversation_id=talk, labels=[MARK], callback=MARK, summary=MARK)
    written = {"ticket_id": id_, "conversation_id": talk, "text": MARK, "created_at": now()}
    with database.begin() as connection:
        connection.execute(insert(TicketNote).values(staff_id=hired(database).id, **written))
    return str(id_)


def a_delivery(database: Engine, association: str) -> str:
    """One that did not arrive."""
    talk = conversation_of(database, int(a_case(database, association)))
    with Session(database) as session, session.begin():
        one = Delivery(
            conversation_id=talk,
            channel="line",
            account="default",
            route={},
            message_ids=[],
            key="k",
            status="dead",
            error="Blocked",
            next_at=now(),
            created_at=now(),
        )
        session.add(one)
        session.flush()
        return str(one.id)


def a_question(database: Engine, association: str) -> str:
    """One that the advisor gave up."""
    talk = a_conversation(database, association)
    lease = Inbox(database, 60).new_lease()
    accepted = Store(database).put(talk, Incoming("どうすれば", None), lease)
    with database.begin() as connection:
        its = update(Turn).where(Turn.id == accepted.turn_id)
        connection.execute(its.values(status="dead", lease_until=None, lease_owner=None))
    return str(accepted.turn_id)


def a_reply(database: Engine, association: str) -> str:
    """One that is kept ready."""
    values = {"association": association, "title": MARK, "text": MARK, "created_at": now()}
    with database.begin() as connection:
        added = insert(CannedReply).values(values).returning(CannedReply.id)
        return str(connection.execute(added).scalar_one())


_CASE, _TALK = "/desk/tickets/{ticket_id}", "/desk/conversations/{conversation_id}"

READING: dict[str, Walk] = {
    "GET /desk": Walk(STAFF),
    "GET /desk/queue": Walk(STAFF),
    "GET /desk/events": Walk(STAFF, streams=True),
    f"GET {_CASE}": Walk(STAFF),
    f"GET {_CASE}/head": Walk(STAFF),
    "GET /desk/conversations": Walk(STAFF),
    "GET /desk/conversations/list": Walk(STAFF),
    f"GET {_TALK}": Walk(STAFF),
    f"GET {_TALK}/head": Walk(STAFF),
    f"GET {_TALK}/lines": Walk(STAFF),
    "GET /desk/search": Walk(STAFF, query={"q": ""}),
    "GET /desk/undelivered": Walk(STAFF),
    "GET /desk/replies": Walk(STAFF),
    "GET /desk/settings": Walk(MANAGER),
    "GET /desk/export": Walk(MANAGER, query={"since": "2026-01-01", "until": "2026-12-31"}),
}
DEEDS: dict[str, Walk] = {
    f"POST {_CASE}/take": Walk(STAFF),
    f"POST {_CASE}/reply": Walk(STAFF, {"text": "承ります。"}),
    f"POST {_CASE}/preview": Walk(STAFF, {"text": "承ります。"}),
    f"POST {_CASE}/look": Walk(STAFF, {"text": "承ります。"}),
    f"POST {_CASE}/hand-back": Walk(STAFF),
    f"POST {_CASE}/close": Walk(STAFF, {"reason": "solved"}),
    f"POST {_CASE}/assign": Walk(STAFF, {"staff": ""}),
    f"POST {_CASE}/labels": Walk(STAFF, {"labels": "補助金"}),
    f"POST {_CASE}/snooze": Walk(STAFF, {"until": "week"}),
    f"POST {_CASE}/note": Walk(STAFF, {"text": "あとで電話"}),
    f"POST {_CASE}/merge": Walk(STAFF, {"into": "1"}),
    f"POST {_CASE}/transfer": Walk(OPERATOR, {"association": THEIRS}),
    f"POST {_CASE}/hold": Walk(MANAGER, {"held": "1"}),
    f"POST {_CASE}/delete": Walk(MANAGER, {"sure": "0"}),
    f"POST {_TALK}/step-in": Walk(STAFF),
    "POST /desk/undelivered/{delivery_id}/retry": Walk(STAFF),
    "POST /desk/undelivered/questions/{turn_id}/retry": Walk(STAFF),
    "POST /desk/replies": Walk(MANAGER, {"title": "あいさつ", "text": "こんにちは"}),
    "POST /desk/replies/{reply_id}": Walk(MANAGER, {"title": "あいさつ", "text": "こんにちは"}),
    "POST /desk/replies/{reply_id}/delete": Walk(MANAGER),
    "POST /desk/settings": Walk(MANAGER, {"hours_mon": "9:00-17:00"}),
}
CONSOLE: dict[str, Walk] = {**READING, **DEEDS}
CONSOLE_MADE: Made = {
    "ticket_id": a_case,
    "conversation_id": a_conversation,
    "delivery_id": a_delivery,
    "turn_id": a_question,
    "reply_id": a_reply,
}
