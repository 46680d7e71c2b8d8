"""Staff hear of new and overdue cases by mail and in Slack: once, never with a word of the owner's."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import Message

import anyio
import httpx2
import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api.desk.messenger import Messenger
from api.desk.notices import Notices
from api.desk.overdue import Overdue
from api.desk.tables import DeskNotice, Ticket
from api.desk.who import Member
from api.instants import now
from api.settings import GatewaySettings
from tests.api.desk.asking import ALWAYS, WORDING, Desk
from tests.api.desk.handing import PERSON, both_doors, hands_over, opens
from tests.api.desk.post import MailServer, Webhook
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until

STAFF = ["desk@kumiai.example.jp", "second@kumiai.example.jp"]


@pytest.fixture
def mail() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


@pytest.fixture
def slack() -> Iterator[Webhook]:
    hook = Webhook()
    yield hook
    hook.close()


@pytest.fixture
def desk(database: Engine, associations: None, slack: Webhook) -> Desk:
    return Desk(database, ALWAYS.model_copy(update={"emails": STAFF, "slack_url": slack.url}))


@pytest.fixture
def posting(settings: GatewaySettings, mail: MailServer) -> GatewaySettings:
    return settings.model_copy(
        update={
            "smtp_host": "127.0.0.1",
            "smtp_port": mail.port,
            "smtp_from": "mamori@kumiai.example.jp",
            "smtp_starttls": False,
            "public_url": "https://mamori.example.jp/",
            "notice_seconds": 0.0,
        }
    )


def words(letter: Message) -> str:
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()


def overdue(database: Engine) -> Overdue:
    return Overdue(database, WORDING, seconds=1)


async def brought(desk: Desk, settings: GatewaySettings, *, tries: int = 4) -> None:
    """Whatever is due is sent."""
    async with httpx2.AsyncClient(trust_env=False) as client:
        messenger = Messenger(Notices(desk.database, 60), client, settings)
        for _ in range(tries):
            await messenger._send_one()


def standings(database: Engine) -> list[tuple[str, str, str, int]]:
    asked = select(DeskNotice.kind, DeskNotice.way, DeskNotice.status, DeskNotice.attempts)
    with Session(database) as session:
        rows = session.execute(asked.order_by(DeskNotice.id)).all()
    return [(kind, way, status, attempts) for kind, way, status, attempts in rows]


async def test_a_new_case_is_told_by_mail_and_in_slack(
    posting: GatewaySettings, desk: Desk, rasa: FakeRasa, mail: MailServer, slack: Webhook
) -> None:
    hands_over(rasa, "incident", "incident")
    async with both_doors(posting, public_url="https://mamori.example.jp/") as (_, client):
        owner = await opens(client)
        await owner.says("うちは山田旅館、電話は 090-1234-5678 です")
        await owner.says(PERSON)
        await until(lambda: mail.mails and slack.texts)
    (letter,) = mail.mails
    assert mail.recipients == [STAFF]
    for told in (words(letter), slack.texts[0]):
        assert "新しい受付 No.1（被害）" in told
        assert "被害が起きている" in told
        assert "https://mamori.example.jp/desk/tickets/1" in told
        for personal in ("山田", "1234", owner.id, "旅館"):
            assert personal not in told
    assert letter["Auto-Submitted"] == "auto-generated"


async def test_what_fails_is_tried_again_and_nothing_is_sent_twice(
    posting: GatewaySettings, desk: Desk, mail: MailServer, slack: Webhook
) -> None:
    mail.refuses, slack.trouble = True, 500
    desk.asks(desk.owner())
    await brought(desk, posting)
    assert (mail.mails, slack.texts) == ([], [])
    mail.refuses, slack.trouble = False, None
    await brought(desk, posting)
    await brought(desk, posting)
    assert (len(mail.mails), len(slack.texts)) == (1, 1)
    assert {status for _, _, status, _ in standings(desk.database)} == {"done"}


async def test_a_notice_that_never_gets_through_is_given_up_and_kept(
    posting: GatewaySettings, desk: Desk, mail: MailServer
) -> None:
    mail.refuses = True
    desk.arrange(ALWAYS.model_copy(update={"emails": STAFF}))
    desk.asks(desk.owner())
    await brought(desk, posting.model_copy(update={"max_notices": 3}), tries=6)
    assert standings(desk.database) == [("new", "mail", "dead", 3)]
    notices = Notices(desk.database, 60)
    assert (notices.given_up(desk.association), notices.given_up("elsewhere")) == (1, 0)
    assert (notices.revive("elsewhere"), notices.revive(desk.association)) == (0, 1)
    mail.refuses = False
    await brought(desk, posting)
    assert (notices.given_up(), len(mail.mails)) == (0, 1)


async def test_what_a_dead_gateway_was_sending_is_sent_by_another_under_the_same_name(
    posting: GatewaySettings, desk: Desk, mail: MailServer
) -> None:
    desk.arrange(ALWAYS.model_copy(update={"emails": STAFF}))
    desk.asks(desk.owner())
    assert Notices(desk.database, -1).claim() is not None
    await brought(desk, posting)
    (letter,) = mail.mails
    assert letter["Message-ID"] == "<mamori-notice-1@kumiai.example.jp>"
    assert standings(desk.database) == [("new", "mail", "done", 2)]


async def test_without_a_mail_server_notices_wait(
    settings: GatewaySettings, desk: Desk, slack: Webhook
) -> None:
    desk.asks(desk.owner())
    await brought(desk, settings.model_copy(update={"notice_seconds": 60.0}))
    assert len(slack.texts) == 1
    assert [(way, status) for _, way, status, _ in standings(desk.database)] == [
        ("mail", "new"),
        ("slack", "done"),
    ]


async def test_two_gateways_tell_of_a_late_case_once(
    posting: GatewaySettings, desk: Desk, member: Member, mail: MailServer
) -> None:
    number = desk.asks(desk.owner())
    late = desk.asks(desk.owner())
    with Session(desk.database) as session, session.begin():
        its = update(Ticket).where(Ticket.id == late)
        session.execute(its.values(due_at=now() - timedelta(minutes=1)))
    async with anyio.create_task_group() as gateways:
        for _ in range(4):
            gateways.start_soon(anyio.to_thread.run_sync, overdue(desk.database).look)
    told = [(kind, way) for kind, way, _, _ in standings(desk.database) if kind == "overdue"]
    assert told == [("overdue", "mail"), ("overdue", "slack")]
    assert [line.id for line in desk.tickets.queue(member) if line.is_overdue] == [late]
    await brought(desk, posting, tries=8)
    assert sum("期限を過ぎた" in words(letter) for letter in mail.mails) == 1
    assert desk.ticket(number).overdue_told_at is None


def test_who_was_answered_is_not_late(desk: Desk, member: Member) -> None:
    number = desk.asks(desk.owner())
    desk.tickets.write(member, number, "はい、鈴木です。")
    with Session(desk.database) as session, session.begin():
        session.execute(update(Ticket).values(due_at=now() - timedelta(minutes=1)))
    overdue(desk.database).look()
    assert {kind for kind, *_ in standings(desk.database)} == {"new"}


def test_the_webhook_lies_sealed(desk: Desk, slack: Webhook) -> None:
    with desk.database.connect() as connection:
        raw = str(connection.exec_driver_sql("SELECT * FROM desks").all())
    assert slack.url not in raw
