"""Nobody waits for a person who will not come."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, update
from sqlalchemy.orm import Session

from api.desk.overdue import Overdue
from api.desk.tables import Staff, Ticket
from api.desk.who import Member
from api.instants import now
from api.tables import Conversation
from tests.api.desk.asking import NEVER, WORDING, Desk


@pytest.fixture
def desk(database: Engine, associations: None) -> Desk:
    return Desk(database)


def disable(database: Engine, *members: str) -> None:
    which = Staff.id.in_(members) if members else Staff.association == Desk.association
    with Session(database) as session, session.begin():
        session.execute(update(Staff).where(which).values(disabled_at=now()))


def look(desk: Desk) -> list[str]:
    return list(Overdue(desk.database, WORDING, seconds=1).look())


def test_who_waits_at_a_desk_without_anybody_is_told_and_sent_back(desk: Desk, operator: Member) -> None:
    waiting, returned = desk.owner(), desk.owner()
    number, other = desk.asks(waiting), desk.asks(returned)
    desk.tickets.hand_back(operator, other)
    disable(desk.database)
    assert look(desk) == [waiting]
    assert desk.mode(waiting) == "bot"
    role, text = desk.lines(waiting)[-1]
    assert role == "system"
    assert "担当者がいません" in text
    assert "#9110" in text
    assert (desk.ticket(number).status, desk.ticket(number).close_reason) == ("closed", "nobody")
    assert desk.ticket(other).status == "returned"
    assert look(desk) == []
    assert desk.asks(waiting) == 0


def test_an_operator_who_has_taken_a_case_keeps_it(desk: Desk, operator: Member) -> None:
    owner = desk.owner()
    number = desk.asks(owner)
    desk.tickets.take(operator, number)
    disable(desk.database)
    assert look(desk) == []
    assert desk.mode(owner) == "human"


def test_the_cases_of_somebody_who_left_go_to_the_others(desk: Desk, member: Member) -> None:
    taken, assigned = desk.owner(), desk.owner()
    first, second = desk.asks(taken), desk.asks(assigned)
    desk.tickets.write(member, first, "鈴木です。")
    desk.tickets.assign(member, second, member.id)
    disable(desk.database, member.id)
    assert set(look(desk)) == {taken, assigned}
    assert desk.mode(taken) == "waiting"
    assert "ほかの担当者がお返事します" in desk.lines(taken)[-1][1]
    assert (desk.ticket(first).status, desk.ticket(first).assignee_id) == ("waiting", None)
    assert desk.ticket(first).answered_at is None
    assert desk.ticket(second).assignee_id is None
    assert look(desk) == []


def test_a_case_put_off_comes_back_by_itself(desk: Desk, member: Member) -> None:
    owner = desk.owner()
    number = desk.asks(owner)
    desk.tickets.take(member, number)
    desk.tickets.snooze(member, number, now() + timedelta(hours=1))
    assert look(desk) == []
    with Session(desk.database) as session, session.begin():
        session.execute(update(Ticket).values(snoozed_until=now() - timedelta(seconds=1)))
    assert look(desk) == [owner]
    assert (desk.ticket(number).status, desk.ticket(number).snoozed_until) == ("taken", None)


def test_a_desk_that_is_always_closed_still_takes_cases(desk: Desk, member: Member) -> None:
    desk.arrange(NEVER)
    owner = desk.owner()
    number = desk.asks(owner)
    assert "まだ決まっていません" in desk.lines(owner)[-1][1]
    desk.tickets.write(member, number, "お待たせしました。")
    assert desk.ticket(number).due_at is None


def test_an_address_is_forgotten_after_a_day(desk: Desk) -> None:
    old, new = desk.owner(address="192.0.2.1"), desk.owner(address="192.0.2.1")
    with Session(desk.database) as session, session.begin():
        its = update(Conversation).where(Conversation.id == old)
        session.execute(its.values(created_at=now() - timedelta(days=2)))
    look(desk)
    with Session(desk.database) as session:
        assert session.get_one(Conversation, old).opened_from is None
        assert session.get_one(Conversation, new).opened_from == "192.0.2.1"
