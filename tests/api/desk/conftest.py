"""The desk under test: the whole gateway over both databases, with staff of two associations."""

from collections.abc import AsyncIterator, Callable

import pytest
from fastapi import FastAPI
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Engine

from api.associations import Associations
from api.desk import passwords
from api.desk.staff import StaffAccounts
from api.desk.who import Member
from api.main import create_app
from api.settings import GatewaySettings
from tests.api.desk.clock import Clock
from tests.api.desk.entering import OURS, THEIRS, Seat, hired
from tests.api.desk.visitor import Enrolled, Visitor


@pytest.fixture
def associations(database: Engine) -> None:
    for slug, name in ((OURS, "金沢市旅館組合"), (THEIRS, "名古屋商工協会")):
        Associations(database).save(slug, name, [])


@pytest.fixture
async def app(settings: GatewaySettings, associations: None) -> AsyncIterator[FastAPI]:
    """The gateway at work; ask it through a `Seat`."""
    app = create_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture
def seat(app: FastAPI, database: Engine) -> Callable[[Member | None], Seat]:
    """A browser for somebody, logged in."""
    return lambda member: Seat(app, database, member)


@pytest.fixture
def member(database: Engine, associations: None) -> Member:
    return hired(database)


@pytest.fixture
def manager(database: Engine, associations: None) -> Member:
    return hired(database, "manager", name="佐藤")


@pytest.fixture
def operator(database: Engine, associations: None) -> Member:
    return hired(database, "operator", name="運営")


@pytest.fixture
def stranger(database: Engine, associations: None) -> Member:
    """A manager of the other association: the wrong tenant."""
    return hired(database, "manager", THEIRS, "田中")


@pytest.fixture(autouse=True)
def quick_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same algorithm with less work; ``test_passwords.py`` looks at the real one."""
    quick = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1),))
    monkeypatch.setattr(passwords, "_hashing", quick)
    monkeypatch.setattr(passwords, "_NOBODYS", quick.hash("nobody"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


@pytest.fixture
def visitor(app: FastAPI, clock: Clock) -> Callable[[], Visitor]:
    """A browser nobody has used before."""
    return lambda: Visitor(app)


@pytest.fixture
async def suzuki(database: Engine, visitor: Callable[[], Visitor], clock: Clock) -> Enrolled:
    """Staff of ours who has enrolled in a browser that is gone."""
    code = StaffAccounts(database).add(
        None, email="suzuki@kumiai.example.jp", name="鈴木", role="staff", association=OURS
    )
    return await visitor().enrol(code, "suzuki@kumiai.example.jp", clock)
