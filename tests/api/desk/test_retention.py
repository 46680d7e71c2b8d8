"""How long cases are kept, what a legal hold keeps, and the one count that stays when all is deleted."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api.conversations.store import Store
from api.desk.retention import Retention
from api.desk.tables import DeskCount, Ticket
from api.desk.who import Member
from api.errors import TicketUnknown
from api.instants import now
from api.settings import GatewaySettings
from api.tables import Conversation, Delivery
from tests.api.channels.plain_door import said
from tests.api.desk.asking import ALWAYS, Desk
from tests.api.desk.entering import OURS
from tests.api.desk.handing import PERSON, both_doors, hands_over, member_of_ours, opens
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until
from tests.api.test_deletion import deletes, tables_naming


@pytest.fixture
def desk(database: Engine, associations: None) -> Desk:
    return Desk(database)


def counts(database: Engine) -> list[tuple[str, str, str, int]]:
    with Session(database) as session:
        rows = session.scalars(select(DeskCount).order_by(DeskCount.month, DeskCount.what)).all()
    return [(row.association, row.month, row.what, row.count) for row in rows]


def unused(database: Engine, owner: str, days: int) -> None:
    its = update(Conversation).where(Conversation.id == owner)
    with Session(database) as session, session.begin():
        session.execute(its.values(token_used_at=now() - timedelta(days=days)))


def hold(database: Engine, owner: str, *, held: bool = True) -> None:
    its = update(Conversation).where(Conversation.id == owner)
    with Session(database) as session, session.begin():
        session.execute(its.values(held_at=now() if held else None))


def there(database: Engine, owner: str) -> bool:
    with Session(database) as session:
        return session.get(Conversation, owner) is not None


def test_deletion_leaves_one_anonymous_count(desk: Desk, member: Member) -> None:
    owners = [desk.owner() for _ in range(3)]
    reasons = ["asked", "asked", "incident"]
    for owner, reason in zip(owners, reasons, strict=True):
        number = desk.asks(owner, reason=reason)
        desk.tickets.note(member, number, "メモ")
        desk.tickets.write(member, number, "はい")
        desk.tickets.close(member, number, "solved")
    with Session(desk.database) as session, session.begin():
        # the last evening of November in Japan is the first of December nowhere else
        session.execute(update(Ticket).values(opened_at=datetime(2026, 11, 30, 14, 59, tzinfo=UTC)))
    for owner in owners:
        Store(desk.database).delete(owner)
        assert tables_naming(desk.database, owner) == []
    assert counts(desk.database) == [(OURS, "2026-11", "asked", 2), (OURS, "2026-11", "incident", 1)]
    with Session(desk.database) as session:
        assert session.scalars(select(Ticket)).all() == []


def test_each_association_keeps_as_long_as_it_says(desk: Desk) -> None:
    desk.arrange(ALWAYS.model_copy(update={"retention_days": 30}))
    short, fresh = desk.owner(), desk.owner()
    desk.association, ours = "elsewhere", desk.association
    long = desk.owner()
    desk.association = ours
    unused(desk.database, short, 31)
    unused(desk.database, fresh, 29)
    unused(desk.database, long, 31)
    retention = Retention(desk.database, days=90)
    assert list(retention.due()) == [short]
    assert retention.purge() == 1
    assert [there(desk.database, one) for one in (short, fresh, long)] == [False, True, True]


def test_what_is_held_is_not_purged(desk: Desk) -> None:
    held, free = desk.owner(), desk.owner()
    for owner in (held, free):
        unused(desk.database, owner, 200)
    hold(desk.database, held)
    assert Retention(desk.database, days=90).purge() == 1
    assert there(desk.database, held)
    hold(desk.database, held, held=False)
    assert Retention(desk.database, days=90).purge() == 1
    assert not there(desk.database, held)


async def test_deletion_under_hold_ends_access_at_once_and_waits(
    settings: GatewaySettings, desk: Desk, rasa: FakeRasa, member: Member, operator: Member
) -> None:
    hands_over(rasa)
    async with both_doors(settings) as (_, client):
        owner = await opens(client)
        await owner.says(PERSON)
        hold(desk.database, owner.id)
        number = desk.tickets.queue(member)[0].id
        assert (await deletes(owner)).status_code == 204
        assert (await owner.posts(text="まだいますか")).status_code == 401
        assert (await deletes(owner)).status_code == 401
        with pytest.raises(TicketUnknown):
            desk.tickets.transcript(member, owner.id)
        assert desk.tickets.transcript(operator, owner.id)
        assert (desk.ticket(number).status, desk.ticket(number).close_reason) == ("closed", "deleted")
        assert desk.tickets.talks(member) == []
        assert Retention(desk.database, days=90).purge() == 0
        hold(desk.database, owner.id, held=False)
        assert Retention(desk.database, days=90).purge() == 1
        assert tables_naming(desk.database, owner.id) in ([], ["desk_audit"])
    assert [what for _, _, what, _ in counts(desk.database)] == ["asked"]


async def test_at_a_door_the_caller_is_forgotten_and_begins_anew(
    settings: GatewaySettings, desk: Desk, rasa: FakeRasa
) -> None:
    async with both_doors(settings) as (plain, _):
        await plain.takes(said("はじめの相談", whence=member_of_ours()))
        await until(lambda: plain.door.sent)
        first = plain.door.sent[0].conversation_id
        hold(desk.database, first)
        Store(desk.database).delete(first)
        await plain.takes(said("二度目の相談", whence=member_of_ours(), after=1))
        await until(lambda: len(plain.door.sent) == 2)
        assert plain.door.sent[1].conversation_id != first
        assert there(desk.database, first)
        with Session(desk.database) as session:
            assert {one.status for one in session.scalars(select(Delivery))} == {"done"}


async def test_an_answer_under_way_is_not_kept_after_a_deletion_under_hold(
    settings: GatewaySettings, desk: Desk, rasa: FakeRasa
) -> None:
    async with both_doors(settings) as (_, client):
        owner = await opens(client)
        rasa.hold()
        asking = asyncio.create_task(owner.posts(text="質問です"))
        await until(lambda: rasa.received)
        hold(desk.database, owner.id)
        await deletes(owner)
        rasa.release()
        assert (await asking).status_code == 404
        await asyncio.sleep(0.3)
    assert not any("お答え：" in text for _, text in desk.lines(owner.id))
