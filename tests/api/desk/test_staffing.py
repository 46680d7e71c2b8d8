"""The page 担当者: managers see to their own association's staff, operators to everybody's."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from api.desk.staff import StaffAccounts
from api.desk.who import Member
from tests.api.desk.clock import Clock
from tests.api.desk.entering import OURS, THEIRS, Seat, hired
from tests.api.desk.visitor import Enrolled, Visitor

Seats = Callable[[Member | None], Seat]
NEW = {"name": "新人 一郎", "email": " Shinjin@Kumiai.example.jp ", "role": "staff"}


async def test_a_manager_adds_somebody_who_then_enrols_with_the_link(
    seat: Seats, manager: Member, database: Engine, visitor: Callable[[], Visitor], clock: Clock
) -> None:
    shown = await seat(manager).post("/desk/staff", NEW)
    assert shown.status_code == 200
    (code,) = re.findall(r"https://desk\.test/desk/enrol#([\w-]{43})", shown.text)
    await visitor().enrol(code, "shinjin@kumiai.example.jp", clock)
    account = StaffAccounts(database).find(None, "shinjin@kumiai.example.jp")
    assert (account.association, account.role, account.state) == (OURS, "staff", "in_use")


async def test_a_manager_cannot_name_another_association(
    seat: Seats, manager: Member, database: Engine
) -> None:
    await seat(manager).post("/desk/staff", NEW | {"association": THEIRS})
    assert StaffAccounts(database).find(None, "shinjin@kumiai.example.jp").association == OURS


async def test_a_manager_makes_no_operator(seat: Seats, manager: Member, database: Engine) -> None:
    refused = await seat(manager).post("/desk/staff", NEW | {"role": "operator"})
    assert refused.status_code == 422
    assert len(StaffAccounts(database).all(None)) == 1


async def test_an_operator_adds_staff_anywhere(seat: Seats, operator: Member, database: Engine) -> None:
    assert (await seat(operator).post("/desk/staff", NEW | {"association": THEIRS})).status_code == 200
    unknown = NEW | {"email": "b@example.jp", "association": "nowhere"}
    assert (await seat(operator).post("/desk/staff", unknown)).status_code == 422
    assert StaffAccounts(database).find(None, "shinjin@kumiai.example.jp").association == THEIRS


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "　"},
        {"name": "長" * 41},
        {"email": "kumiai"},
        {"email": "a b@example.jp"},
        {"email": "@example.jp"},
        {"email": f"{'a' * 250}@example.jp"},
        {"email": "a\x00@example.jp"},
        {"role": "boss"},
    ],
)
async def test_what_is_wrong_is_said_and_kept_in_the_form(
    wrong: dict[str, str], seat: Seats, manager: Member, database: Engine
) -> None:
    refused = await seat(manager).post("/desk/staff", NEW | wrong)
    assert refused.status_code == 422
    assert 'role="alert"' in refused.text
    assert len(StaffAccounts(database).all(None)) == 1


async def test_an_address_is_taken_once(seat: Seats, manager: Member) -> None:
    await seat(manager).post("/desk/staff", NEW)
    again = await seat(manager).post("/desk/staff", NEW | {"email": "SHINJIN@kumiai.example.jp"})
    assert again.status_code == 422
    assert "登録できません" in again.text


async def test_nobody_disables_themselves(seat: Seats, manager: Member, database: Engine) -> None:
    refused = await seat(manager).post(f"/desk/staff/{manager.id}/disable")
    assert refused.status_code == 409
    assert StaffAccounts(database).find(None, manager.id).state == "in_use"


async def test_disabling_ends_what_they_had_open(seat: Seats, manager: Member, member: Member) -> None:
    theirs = seat(member)
    assert (await theirs.get("/desk/account")).status_code == 200
    assert (await seat(manager).post(f"/desk/staff/{member.id}/disable")).status_code == 303
    assert (await theirs.get("/desk/account")).status_code == 303


async def test_a_new_role_counts_from_the_next_click(seat: Seats, manager: Member, member: Member) -> None:
    theirs = seat(member)
    assert (await theirs.get("/desk/staff")).status_code == 404
    await seat(manager).post(f"/desk/staff/{member.id}/role", {"role": "manager"})
    assert (await theirs.get("/desk/staff")).status_code == 200


async def test_nobody_becomes_an_operator_by_a_change_of_role(
    seat: Seats, operator: Member, member: Member
) -> None:
    assert (
        await seat(operator).post(f"/desk/staff/{member.id}/role", {"role": "operator"})
    ).status_code == 409


async def test_a_manager_sees_who_has_to_wait_and_may_end_it(
    seat: Seats, manager: Member, suzuki: Enrolled, visitor: Callable[[], Visitor], database: Engine
) -> None:
    manager_seat = seat(manager)
    for _ in range(5):
        await visitor().give_password(suzuki, "ちがうパスワードです")
    assert "まちがい続きで" in (await manager_seat.get("/desk/staff")).text
    id_ = StaffAccounts(database).find(None, suzuki.email).id
    await manager_seat.post(f"/desk/staff/{id_}/unlock")
    assert (await visitor().give_password(suzuki)).status_code == 303


async def test_names_are_written_as_text(seat: Seats, manager: Member, database: Engine) -> None:
    hired(database, name="<script>alert(1)</script>")
    shown = (await seat(manager).get("/desk/staff")).text
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
