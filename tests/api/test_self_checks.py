"""A finished self-check is kept once, sealed, shown in the profile, and gone with its conversation."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session

from api.instants import now
from api.settings import GatewaySettings
from api.tables import Conversation, SelfCheck
from knowledge.settings import ROOT
from ops.bench.stack import free_ports
from tests.api.conftest import KEY
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.finishing import PARTS, Companies, replies, result, says
from tests.api.gateway import gateway, until
from tests.api.owner import Owner
from tests.api.test_deletion import deletes
from tests.api.test_order import expire
from tests.api.test_secrets_kept_out import everything_in


@pytest.fixture
def companies(database: Engine) -> Companies:
    return Companies(database)


def kept(database: Engine) -> list[dict[str, Any]]:
    with Session(database) as session:
        return [row.result for row in session.query(SelfCheck).order_by(SelfCheck.turn_id)]


async def shown(owner: Owner) -> Any:
    answer = await owner.client.get(f"{owner.path}/profile", headers=owner.key)
    assert answer.status_code == 200
    return answer.json()["self_check"]


async def test_the_profile_shows_the_last_one(owner: Owner, rasa: FakeRasa) -> None:
    assert await shown(owner) is None
    quick = result(14, most=24, quick=True)
    rasa.says = {"はい": says(52), "いいえ": says(14, most=24, quick=True)}
    await owner.says("はい")
    assert await shown(owner) == result(52)
    await owner.says("いいえ")
    await owner.says("ほかの話です")
    assert await shown(owner) == quick
    neighbour = await Owner.opens(owner.client)
    assert await shown(neighbour) is None


async def test_an_owner_who_asks_for_it_leaves_none(owner: Owner, rasa: FakeRasa, database: Engine) -> None:
    gone = [text("消しました"), custom("assessment", forgets_checks=True, state={})]
    rasa.says = {"はい": says(52), "消して": gone}
    neighbour = await Owner.opens(owner.client)
    await neighbour.says("はい")
    await owner.says("はい")
    await owner.says("消して")
    assert await shown(owner) is None
    assert len(kept(database)) == 1, "only the one who asked is forgotten"


async def test_of_two_answers_to_one_message_either_may_bring_it(
    owner: Owner, rasa: FakeRasa, database: Engine
) -> None:
    rasa.says = {"はい": [*says(52), text("もうひとつ"), custom("measure")]}
    assert len(await owner.says("はい")) == 2
    assert kept(database) == [result(52)]


async def test_it_lies_sealed(owner: Owner, rasa: FakeRasa, database: Engine) -> None:
    rasa.says = {"はい": says(52)}
    await owner.says("はい")
    everything = everything_in(database)
    for said in (PARTS[0], PARTS[0].encode("unicode-escape").decode(), "finished_on", "points", "most"):
        assert said not in everything


WRONG: list[dict[str, Any]] = [
    {"points": "52"},
    {"points": 52.5},
    {"points": 101},
    {"points": None},
    {"most": 0},
    {"quick": "no"},
    {"parts": {"基本的対策": "20"}},
    {"parts": {"": 20}},
    {"parts": [20]},
    {"finished_on": "きのう"},
    {"email": "owner@example.com"},
]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
async def test_one_of_another_form_is_no_answer(
    owner: Owner, rasa: FakeRasa, database: Engine, wrong: dict[str, Any]
) -> None:
    told = [text("おつかれさまでした"), custom("assessment", result=result() | wrong)]
    rasa.says = {"はい": told}
    (answer,) = await owner.says("はい")
    assert answer["topic"] == "unavailable"
    assert kept(database) == []


def test_a_turn_that_two_hold_is_kept_once(companies: Companies, database: Engine) -> None:
    lost = companies.turn(companies.open())
    expire(database, lost)
    held = companies.inbox.claim()
    assert held
    assert held.id == lost.id
    assert companies.inbox.finish(held, replies(52))
    assert companies.inbox.finish(lost, replies(60)) is None
    assert companies.inbox.finish(held, replies(60)) is None
    assert kept(database) == [result(52)]


def test_what_breaks_while_it_is_saved_leaves_nothing_and_comes_round_once(
    companies: Companies, database: Engine
) -> None:
    """As if the gateway were cut off between the result and the messages."""
    conversation = companies.open()
    turn = companies.turn(conversation)

    def breaks(*call: Any) -> None:
        if call[2].startswith("INSERT INTO messages"):
            raise ConnectionError

    event.listen(database, "before_cursor_execute", breaks)
    with pytest.raises(ConnectionError):
        companies.inbox.finish(turn, replies(52))
    event.remove(database, "before_cursor_execute", breaks)
    assert kept(database) == []
    expire(database, turn)
    again = companies.inbox.claim()
    assert again
    assert companies.inbox.finish(again, replies(52))
    assert kept(database) == [result(52)]
    assert [m.text for m in companies.store.messages(conversation, None)][1:] == [
        "はい",
        "おつかれさまでした",
    ]


async def test_a_gateway_killed_while_the_engine_answers_keeps_it_once(
    settings: GatewaySettings, rasa: FakeRasa, database: Engine
) -> None:
    rasa.says = {"はい": says(52)}
    rasa.hold()
    async with httpx2.AsyncClient(trust_env=False, timeout=5) as client:
        with killable(settings) as (url, pid):
            client.base_url = httpx2.URL(url)
            await until(lambda: is_up(client), seconds=30)
            owner = await Owner.opens(client)
            (apology,) = await owner.says("はい")
            assert apology["topic"] == "unavailable"
            os.kill(pid, signal.SIGKILL)
    rasa.release()
    async with gateway(settings) as other:
        owner = Owner(other, owner.id, owner.token, {})
        await owner.reads_until("おつかれさまでした", seconds=10)
        assert await shown(owner) == result(52)
    assert len(rasa.received) == 2
    assert kept(database) == [result(52)]


async def is_up(client: httpx2.AsyncClient) -> bool:
    try:
        return (await client.get("/healthz")).status_code == 200
    except httpx2.HTTPError:
        return False


@contextmanager
def killable(settings: GatewaySettings) -> Iterator[tuple[str, int]]:
    """A gateway in a process of its own, over the same database and engine."""
    (port,) = free_ports(1)
    told = settings.model_dump(exclude={"secret_keys", "metrics_token"}, exclude_defaults=True)
    environment = {f"MAMORI_{name.upper()}": str(value) for name, value in told.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", "api"],
        cwd=ROOT,
        env=os.environ | environment | {"MAMORI_PORT": str(port), "MAMORI_SECRET_KEYS": KEY},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield f"http://127.0.0.1:{port}", process.pid
    finally:
        process.kill()
        process.wait()


async def test_it_is_deleted_with_its_conversation(owner: Owner, rasa: FakeRasa, database: Engine) -> None:
    rasa.says = {"はい": says(52), "いいえ": says(60)}
    neighbour = await Owner.opens(owner.client)
    await owner.says("はい")
    await owner.says("はい")
    await neighbour.says("いいえ")
    assert kept(database) == [result(52), result(52), result(60)]
    assert (await deletes(owner)).status_code == 204
    assert kept(database) == [result(60)]


async def test_one_that_is_deleted_while_the_last_question_is_answered_leaves_none(
    owner: Owner, rasa: FakeRasa, database: Engine
) -> None:
    rasa.says = {"はい": says(52)}
    rasa.hold()
    await owner.says("はい")
    await deletes(owner)
    rasa.release()
    await (await Owner.opens(owner.client)).says("つぎの質問")
    assert kept(database) == []


def test_it_is_purged_with_its_conversation(companies: Companies, database: Engine) -> None:
    old, _ = companies.finished(52, 60)
    long_ago = now() - timedelta(days=91)
    with Session(database) as session, session.begin():
        session.execute(update(Conversation).where(Conversation.id == old).values(token_used_at=long_ago))
    assert companies.store.purge(now() - timedelta(days=90)) == 1
    assert kept(database) == [result(60)]


async def test_one_that_no_key_opens_is_not_shown(owner: Owner, rasa: FakeRasa, database: Engine) -> None:
    rasa.says = {"はい": says(52)}
    await owner.says("はい")
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE self_checks SET result = 'damaged'")
    assert await shown(owner) is None
    assert (await owner.says("つぎの質問"))[0]["topic"] == "measure"
