"""The gateway under test: the real application, over both databases, against an engine on loopback."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import Engine

import api.desk.tables
import api.tables  # noqa: F401 - registers the tables
from api.keyring import GivenKeys
from api.sealing import use_keys
from api.settings import GatewaySettings
from knowledge.database import Base, connect
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import gateway
from tests.api.owner import Owner

KEY = Fernet.generate_key().decode()


@pytest.fixture
def database(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    use_keys(engine, GivenKeys([KEY]))
    Base.metadata.create_all(engine)
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def running_rasa() -> Iterator[FakeRasa]:
    fake = FakeRasa()
    yield fake
    fake.close()


@pytest.fixture
def rasa(running_rasa: FakeRasa) -> Iterator[FakeRasa]:
    yield running_rasa
    running_rasa.reset()


@pytest.fixture
def settings(database: Engine, rasa: FakeRasa) -> GatewaySettings:
    """Short waits, so that the patience of ten seconds costs a test half a second."""
    return GatewaySettings(
        _env_file=None,
        database_url=database.url.render_as_string(hide_password=False),
        rasa_url=rasa.url,
        actions_url=rasa.url,
        secret_keys=SecretStr(KEY),
        rate_limit=0,
        reply_wait_seconds=1.5,
        trouble_wait_seconds=0.1,
        engine_timeout_seconds=2,
        lease_margin_seconds=1,
        retry_seconds=0.05,
        retry_limit_seconds=0.3,
        max_attempts=3,
        poll_seconds=0.05,
        postpone_seconds=0.1,
        watch_seconds=0.1,
        stream_poll_seconds=0.05,
        members_seconds=0,
        settle_seconds=0.02,
        desk_seconds=0.1,
        notice_seconds=0.1,
    )


@pytest.fixture
async def client(settings: GatewaySettings) -> AsyncIterator[httpx2.AsyncClient]:
    async with gateway(settings) as caller:
        yield caller


@pytest.fixture
async def owner(client: httpx2.AsyncClient) -> Owner:
    return await Owner.opens(client)
