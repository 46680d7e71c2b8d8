"""Who did what is written down, stays, and is read by those who may."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import DatabaseError

from api.desk.audit import note
from api.desk.journal import PAGE
from api.desk.spreadsheets import defused
from api.desk.staff import StaffAccounts
from api.desk.tables import AuditEntry
from api.desk.who import Member
from api.keyring import GivenKeys
from knowledge.database import connect
from ops.database import upgrade
from tests.api.conftest import KEY
from tests.api.desk.clock import Clock
from tests.api.desk.entering import OURS, THEIRS, Seat, hired
from tests.api.desk.visitor import Enrolled, Visitor

Seats = Callable[[Member | None], Seat]


def noted(database: Engine) -> list[tuple[str, str | None]]:
    with database.connect() as connection:
        rows = connection.execute(
            select(AuditEntry.action, AuditEntry.staff_id).order_by(AuditEntry.id)
        ).all()
    return [(row.action, row.staff_id) for row in rows]


def test_what_is_noted_can_neither_be_changed_nor_deleted(database_url: str) -> None:
    """By the database itself, as the migration makes it."""
    upgrade(database_url, GivenKeys([KEY]))
    engine = connect(database_url)
    with engine.begin() as connection:
        note(connection, None, "login", association=OURS)
    for deed in ("UPDATE desk_audit SET action = 'x'", "DELETE FROM desk_audit"):
        with pytest.raises(DatabaseError), engine.begin() as connection:
            connection.execute(text(deed))
    with engine.connect() as connection:
        assert connection.execute(select(AuditEntry.action)).scalars().all() == ["login"]
    engine.dispose()


async def test_coming_and_going_is_noted_under_ones_name(
    visitor: Callable[[], Visitor], suzuki: Enrolled, clock: Clock, database: Engine
) -> None:
    browser = visitor()
    await browser.give_password(suzuki, "ちがうパスワードです")
    await browser.log_in(suzuki, clock)
    await browser.send("/desk/logout", page="/desk/account")
    id_ = StaffAccounts(database).find(None, suzuki.email).id
    assert noted(database)[0] == ("staff_added", None)
    assert noted(database)[1:] == [("enrolled", id_), ("login", id_), ("login", id_), ("logout", id_)]
    with database.connect() as connection:
        (*_, login, _) = connection.execute(select(AuditEntry.detail).order_by(AuditEntry.id)).scalars()
    assert login == {"way": "code", "failures": 1}


async def test_a_lock_is_noted_with_its_account(
    visitor: Callable[[], Visitor], suzuki: Enrolled, database: Engine
) -> None:
    for _ in range(5):
        await visitor().give_password(suzuki, "ちがうパスワードです")
    with database.connect() as connection:
        row = connection.execute(select(AuditEntry.__table__).where(AuditEntry.action == "locked")).one()
    assert row.subject == f"staff:{StaffAccounts(database).find(None, suzuki.email).id}"
    assert row.association == OURS


async def test_managers_read_their_association_and_operators_all(
    seat: Seats, manager: Member, stranger: Member, operator: Member, database: Engine
) -> None:
    colleague, other = hired(database, name="石田"), hired(database, "staff", THEIRS, "野口")
    with database.begin() as connection:
        note(connection, colleague, "login", association=OURS)
        note(connection, other, "login", association=THEIRS)
        note(connection, None, "locked", association=None)

    async def read(member: Member) -> tuple[bool, bool, bool]:
        shown = (await seat(member).get("/desk/journal")).text.split("<tbody>")[1].split("</tbody>")[0]
        return "石田" in shown, "野口" in shown, "しばらく止めた" in shown

    assert await read(manager) == (True, False, False)
    assert await read(stranger) == (False, True, False)
    assert await read(operator) == (True, True, True)


async def test_entries_are_found_by_day_person_and_deed(
    seat: Seats, manager: Member, database: Engine
) -> None:
    ishida, ogawa = hired(database, name="石田"), hired(database, name="小川")
    # half past midnight in Japan is still the day before in UTC
    for at, who, action in (
        (datetime(2026, 11, 1, 15, 30, tzinfo=UTC), ishida, "login"),
        (datetime(2026, 11, 1, 14, 30, tzinfo=UTC), ishida, "logout"),
        (datetime(2026, 11, 2, 3, 0, tzinfo=UTC), ogawa, "login"),
    ):
        with database.begin() as connection:
            values = {"at": at, "association": OURS, "staff_id": who.id, "action": action, "detail": {}}
            connection.execute(insert(AuditEntry).values(values))

    async def found(query: str) -> list[tuple[str, str]]:
        file = (await seat(manager).get(f"/desk/journal.csv?{query}")).text
        rows = list(csv.reader(io.StringIO(file.removeprefix("\ufeff"))))[1:]
        return [(row[1], row[2]) for row in rows if row[2] != "記録を書き出した"]

    both = [("小川", "ログインした"), ("石田", "ログインした")]
    assert await found("since=2026-11-02&until=2026-11-02") == both
    assert await found("until=2026-11-01") == [("石田", "ログアウトした")]
    assert await found(f"who={ogawa.id}") == [("小川", "ログインした")]
    assert await found("action=logout") == [("石田", "ログアウトした")]
    assert len(await found("since=yesterday&before=x")) == 3


async def test_a_long_journal_is_read_page_by_page(seat: Seats, manager: Member, database: Engine) -> None:
    with database.begin() as connection:
        for number in range(PAGE + 3):
            note(connection, manager, "login", association=OURS, number=number)
    browser, seen, path = seat(manager), [], "/desk/journal"
    while path:
        shown = (await browser.get(path)).text
        seen += [int(part.split("<")[0]) for part in shown.split("number：")[1:]]
        more = shown.split('href="/desk/journal?')[1:] if "これより前の記録" in shown else []
        path = f"/desk/journal?{more[0].split(chr(34))[0]}" if more else ""
    assert seen == list(range(PAGE + 2, -1, -1))


async def test_who_takes_the_journal_with_them_is_noted(
    seat: Seats, manager: Member, database: Engine
) -> None:
    file = await seat(manager).get("/desk/journal.csv")
    assert file.headers["content-disposition"] == 'attachment; filename="mamori-journal.csv"'
    assert file.content.startswith("\ufeff日時,担当者".encode())
    assert noted(database)[-1] == ("journal_exported", manager.id)


async def test_no_cell_of_the_file_becomes_a_formula(seat: Seats, manager: Member, database: Engine) -> None:
    sly = hired(database, name='=HYPERLINK("http://evil.example")')
    with database.begin() as connection:
        note(connection, sly, "login", association=OURS)
    rows = list(csv.reader(io.StringIO((await seat(manager).get("/desk/journal.csv")).text)))
    assert any(row[1] == '\'=HYPERLINK("http://evil.example")' for row in rows[1:])


@pytest.mark.parametrize("text_", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "＝1+1", "＠x"])
def test_whatever_begins_like_a_formula_is_defused(text_: str) -> None:
    assert defused(text_) == f"'{text_}"
    assert defused(f"a{text_}") == f"a{text_}"


async def test_times_are_japans(seat: Seats, manager: Member, database: Engine) -> None:
    with database.begin() as connection:
        note(connection, manager, "login", association=OURS)
    shown = (await seat(manager).get("/desk/journal")).text
    there = datetime.now(UTC) + timedelta(hours=9)
    assert f"{there.month}月{there.day}日" in shown
