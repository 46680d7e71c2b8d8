"""What staff do with cases, at the level of the desk itself, on both databases."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from api.conversations.store import Store
from api.desk.cases import Filters
from api.desk.tickets import Tickets
from api.desk.who import Member
from api.errors import DeskUnfit, TicketClosed, TicketTaken, TicketUnknown
from api.instants import now
from tests.api.desk.asking import Desk
from tests.api.desk.entering import THEIRS

NOBODY = 10_000


@pytest.fixture
def desk(database: Engine, associations: None) -> Desk:
    return Desk(database)


@pytest.fixture
def tickets(desk: Desk) -> Tickets:
    return desk.tickets


def test_a_case_is_taken_answered_and_closed(desk: Desk, tickets: Tickets, member: Member) -> None:
    owner = desk.owner()
    number = desk.asks(owner)
    (line,) = tickets.queue(member)
    assert (line.id, line.status, line.assignee_name, line.urgency) == (number, "waiting", None, "normal")
    tickets.take(member, number)
    assert desk.mode(owner) == "human"
    written = tickets.write(member, number, "担当の鈴木です。")
    assert written is not None
    assert (written.role, written.sender) == ("staff", "鈴木（金沢市旅館組合）")
    tickets.close(member, number, "solved")
    assert desk.mode(owner) == "bot"
    assert tickets.queue(member) == []
    (closed,) = tickets.queue(member, Filters(status="closed"))
    assert (closed.close_reason, closed.assignee_name) == ("solved", "鈴木")
    lines = desk.lines(owner)
    assert [role for role, _ in lines] == ["bot", "system", "system", "staff", "bot"]
    assert "担当者の鈴木が対応します" in lines[2][1]
    assert "1（不満）から5（満足）" in lines[4][1]


def test_two_who_take_the_same_case_are_told_who_has_it(
    desk: Desk, tickets: Tickets, member: Member, manager: Member
) -> None:
    number = desk.asks(desk.owner())
    tickets.take(member, number)
    tickets.take(member, number)
    with pytest.raises(TicketTaken, match="鈴木"):
        tickets.take(manager, number)
    with pytest.raises(TicketTaken, match="鈴木"):
        tickets.write(manager, number, "こちらで対応します。")


def test_handing_back_is_not_closing(desk: Desk, tickets: Tickets, member: Member) -> None:
    owner = desk.owner()
    number = desk.asks(owner)
    tickets.take(member, number)
    tickets.hand_back(member, number)
    (line,) = tickets.queue(member)
    assert (line.status, desk.mode(owner)) == ("returned", "bot")
    assert "自動応答に戻りました" in desk.lines(owner)[-1][1]


def test_another_associations_case_does_not_exist(
    desk: Desk, tickets: Tickets, member: Member, stranger: Member, operator: Member
) -> None:
    owner = desk.owner()
    number = desk.asks(owner)
    desk.hires_for_theirs()
    tomorrow = now() + timedelta(days=1)
    deeds: list[Callable[[Member], object]] = [
        lambda who: tickets.open_one(who, number),
        lambda who: tickets.transcript(who, owner),
        lambda who: tickets.past(who, owner),
        lambda who: tickets.talk(who, owner),
        lambda who: tickets.take(who, number),
        lambda who: tickets.write(who, number, "こんにちは"),
        lambda who: tickets.hand_back(who, number),
        lambda who: tickets.close(who, number, "solved"),
        lambda who: tickets.assign(who, number, who.id),
        lambda who: tickets.transfer(who, number, staff_id=who.id),
        lambda who: tickets.transfer(who, number, association=THEIRS),
        lambda who: tickets.label(who, number, ["急ぎ"]),
        lambda who: tickets.snooze(who, number, tomorrow),
        lambda who: tickets.note(who, number, "メモ"),
        lambda who: tickets.merge(who, number, NOBODY),
        lambda who: tickets.step_in(who, owner),
        lambda who: tickets.colleagues(who, desk.association),
        lambda who: tickets.retry(who, 1),
    ]
    for deed in deeds:
        with pytest.raises(TicketUnknown):
            deed(stranger)
    assert [tickets.queue(stranger), tickets.talks(stranger), tickets.undelivered(stranger)] == [[], [], []]
    assert tickets.queue(stranger, Filters(association=desk.association)) == []
    assert tickets.standing(stranger) == ()
    assert [line.id for line in tickets.queue(operator)] == [number]
    for unheard in (0, -1, NOBODY, 2**40):
        with pytest.raises(TicketUnknown):
            tickets.open_one(member, unheard)


def test_a_closed_case_stays_closed(desk: Desk, tickets: Tickets, member: Member) -> None:
    number = desk.asks(desk.owner())
    with pytest.raises(DeskUnfit):
        tickets.close(member, number, "なんとなく")
    tickets.close(member, number, "silent")
    deeds: list[Callable[[], object]] = [
        lambda: tickets.take(member, number),
        lambda: tickets.write(member, number, "もしもし"),
        lambda: tickets.close(member, number, "solved"),
        lambda: tickets.label(member, number, ["あ"]),
    ]
    for deed in deeds:
        with pytest.raises(TicketClosed):
            deed()


def test_an_owner_nobody_answered_is_not_asked_how_it_was(
    desk: Desk, tickets: Tickets, member: Member
) -> None:
    owner = desk.owner()
    tickets.close(member, desk.asks(owner), "other")
    role, text = desk.lines(owner)[-1]
    assert role == "system"
    assert "終わりました" in text


def test_the_whole_case_is_seen_at_a_glance(desk: Desk, tickets: Tickets, member: Member) -> None:
    owner = desk.owner(state=RANSOMED)
    number = desk.asks(owner, reason="incident", urgency="incident")
    tickets.note(member, number, "電話でも確かめる")
    case = tickets.open_one(member, number)
    assert (case.profile.industry, case.profile.employees) == ("宿泊業", 12)
    assert case.line.summary.startswith("旅館・12名・石川県｜被害")
    assert "復旧できますか" in case.line.summary
    assert [note.text for note in case.notes] == ["電話でも確かめる"]
    assert [message.role for message in case.transcript] == ["bot", "system"]
    assert [ref["id"] for ref in case.refs] == ["measure/backup"]
    assert case.past == []


def test_a_summary_shows_no_name_number_or_address(desk: Desk, tickets: Tickets, member: Member) -> None:
    asked = {"topic": "measure", "said": "山田と申します。090-1234-5678 か yamada@example.jp まで"}
    desk.asks(desk.owner(state={"last": asked}))
    (line,) = tickets.queue(member)
    assert "対策のやり方" in line.summary
    for personal in ("山田", "1234", "example"):
        assert personal not in line.summary


def test_the_queue_is_sorted_by_urgency_and_filtered(
    desk: Desk, tickets: Tickets, member: Member, manager: Member
) -> None:
    plain = desk.asks(desk.owner())
    hurt = desk.asks(desk.owner("line"), reason="incident", urgency="incident")
    hurried = desk.asks(desk.owner(), reason="complaint", urgency="high")
    tickets.assign(member, plain, member.id)
    tickets.label(member, hurried, ["折り返し", " 折り返し ", "急ぎ"])

    def found(**filters: object) -> list[int]:
        return [line.id for line in tickets.queue(member, Filters(**filters))]  # type: ignore[arg-type]

    assert found() == [hurt, hurried, plain]
    assert found(urgency="incident") == found(channel="line") == [hurt]
    assert found(assignee="me") == found(assignee=member.id) == [plain]
    assert found(assignee="nobody") == [hurt, hurried]
    assert found(label="折り返し") == [hurried]
    assert found(status="waiting") == [hurt, hurried, plain]
    assert found(status="snoozed") == found(overdue=True) == found(assignee=manager.id) == []
    assert tickets.queue(member)[1].labels == ["折り返し", "急ぎ"]


def test_labels_and_notes_have_a_measure(desk: Desk, tickets: Tickets, member: Member) -> None:
    number = desk.asks(desk.owner())
    for labels in ([str(one) for one in range(11)], ["あ" * 21]):
        with pytest.raises(DeskUnfit):
            tickets.label(member, number, labels)
    for note in ("  ", "あ" * 2_001):
        with pytest.raises(DeskUnfit):
            tickets.note(member, number, note)
    for until in (now() - timedelta(minutes=1), now() + timedelta(days=91)):
        with pytest.raises(DeskUnfit):
            tickets.snooze(member, number, until)


def test_a_case_goes_over_to_a_colleague(
    desk: Desk, tickets: Tickets, member: Member, manager: Member, stranger: Member
) -> None:
    owner = desk.owner()
    number = desk.asks(owner)
    tickets.take(member, number)
    tickets.transfer(member, number, staff_id=manager.id)
    assert "担当者が佐藤に代わりました" in desk.lines(owner)[-1][1]
    with pytest.raises(TicketTaken):
        tickets.write(member, number, "まだいます")
    tickets.write(manager, number, "佐藤です。")
    with pytest.raises(DeskUnfit):
        tickets.assign(member, number, stranger.id)
    tickets.assign(manager, number, None)
    (line,) = tickets.queue(member)
    assert (line.status, line.assignee_id, line.answered_at, desk.mode(owner)) == (
        "waiting",
        None,
        None,
        "waiting",
    )
    assert line.due_at is not None


def test_only_operators_move_a_case_to_another_desk(
    desk: Desk, member: Member, operator: Member, stranger: Member
) -> None:
    tickets = desk.tickets
    owner = desk.owner()
    number = desk.asks(owner)
    with pytest.raises(TicketUnknown):
        tickets.transfer(member, number, association=THEIRS)
    with pytest.raises(DeskUnfit):
        tickets.transfer(operator, number, association="no-such")
    tickets.transfer(operator, number, association=THEIRS)
    assert tickets.queue(member) == []
    assert [line.id for line in tickets.queue(stranger)] == [number]
    assert tickets.open_one(stranger, number).transcript
    assert "名古屋商工協会" in desk.lines(owner)[-1][1]


def test_two_cases_of_one_owner_become_one(desk: Desk, tickets: Tickets, member: Member) -> None:
    first, second = desk.owner(), desk.owner("line")
    kept, merged = desk.asks(first), desk.asks(second)
    tickets.merge(member, merged, kept)
    (line,) = tickets.queue(member)
    assert line.id == kept
    assert desk.mode(second) == "bot"
    assert "合わせて" in desk.lines(second)[-1][1]
    assert [one.id for one in tickets.open_one(member, kept).past] == [merged]
    with pytest.raises(DeskUnfit):
        tickets.merge(member, kept, kept)
    with pytest.raises(TicketClosed):
        tickets.merge(member, merged, kept)


def test_a_person_steps_into_a_conversation_with_the_advisor(
    desk: Desk, tickets: Tickets, member: Member, manager: Member
) -> None:
    owner = desk.owner(state=RANSOMED)
    (talk,) = tickets.talks(member)
    assert (talk.conversation_id, talk.mode, talk.is_emergency, talk.ticket_id) == (owner, "bot", True, None)
    number = tickets.step_in(member, owner)
    assert tickets.talk(member, owner).ticket_id == number
    assert desk.mode(owner) == "human"
    (line,) = tickets.queue(member)
    assert (line.reason, line.urgency, line.status) == ("staff", "incident", "taken")
    with pytest.raises(TicketTaken):
        tickets.step_in(manager, owner)


def test_whoever_reads_or_does_something_is_written_down(
    desk: Desk, tickets: Tickets, member: Member
) -> None:
    number = desk.asks(desk.owner())
    tickets.open_one(member, number)
    tickets.open_one(member, number, is_read=False)
    tickets.take(member, number)
    tickets.note(member, number, "秘密のメモ")
    entries = desk.audit()
    assert [entry.action for entry in entries] == ["ticket.read", "ticket.take", "ticket.note"]
    assert {entry.subject for entry in entries} == {f"ticket:{number}"}
    assert {entry.staff_id for entry in entries} == {member.id}
    assert "秘密" not in str([entry.detail for entry in entries])


def test_a_deed_that_is_refused_leaves_no_trace(desk: Desk, tickets: Tickets, manager: Member) -> None:
    owner = desk.owner()
    number = desk.asks(owner)
    before = desk.lines(owner)
    with pytest.raises(DeskUnfit):
        tickets.assign(manager, number, "s_nobody")
    assert desk.lines(owner) == before
    assert desk.audit() == []


def test_a_conversation_that_is_gone_is_unknown(desk: Desk, tickets: Tickets, member: Member) -> None:
    owner = desk.owner()
    number = desk.asks(owner)
    Store(desk.database).delete(owner)
    for deed in (lambda: tickets.take(member, number), lambda: tickets.step_in(member, owner)):
        with pytest.raises(TicketUnknown):
            deed()


RANSOMED = {
    "company": {"industry": "宿泊業", "trade": "旅館", "employees": 12, "prefecture": "石川県"},
    "emergency": {"playbook": "playbook/ransomware"},
    "last": {"topic": "incident_response", "said": "データは復旧できますか"},
}
