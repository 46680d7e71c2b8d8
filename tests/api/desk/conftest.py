"""The desk under test: the whole gateway over both databases, with staff of two associations."""

from collections.abc import AsyncIterator, Callable

import pytest
from fastapi import FastAPI
from sqlalchemy import Engine

from api.associations import Associations
from api.desk.who import Member
from api.main import create_app
from api.settings import GatewaySettings
from tests.api.desk.entering import OURS, THEIRS, Seat, hired


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
