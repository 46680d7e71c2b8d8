"""The engine is late, silent, broken or away: the owner is told, and the answer still comes."""

import asyncio
import socket

import pytest

from api.settings import GatewaySettings
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import gateway, until
from tests.api.owner import Owner


async def test_a_late_answer_is_announced_and_comes_later(owner: Owner, rasa: FakeRasa) -> None:
    rasa.hold()
    (apology,) = await owner.says("ゆっくりの質問")
    assert apology["topic"] == "unavailable"
    assert apology["role"] == "bot"
    assert "申し訳ありません" in apology["text"]
    assert "#9110" in apology["text"]
    assert apology["refs"][0]["id"] == "contact/police-9110"
    rasa.release()
    messages = await owner.reads_until("お答え：ゆっくりの質問")
    assert [m["topic"] for m in messages] == ["about", None, "unavailable", "measure"]
    assert await owner.reads(after=apology["id"]) == messages[3:]


@pytest.mark.parametrize("trouble", ["silent", "unclosed", "broken", 500, 404, 503])
async def test_an_engine_that_cannot_answer_is_never_silence(
    owner: Owner, rasa: FakeRasa, trouble: str | int
) -> None:
    rasa.trouble = trouble
    (apology,) = await owner.says("だいじな質問")
    assert apology["topic"] == "unavailable"


async def test_a_short_trouble_costs_the_owner_nothing(owner: Owner, rasa: FakeRasa) -> None:
    rasa.trouble = "silent"
    asking = asyncio.create_task(owner.says("質問です"))
    await until(lambda: rasa.received)
    rasa.trouble = None
    (answer,) = await asking
    assert answer["text"] == "お答え：質問です"


async def test_an_engine_that_comes_back_answers_what_was_kept(owner: Owner, rasa: FakeRasa) -> None:
    rasa.trouble = 500
    (apology,) = await owner.says("質問です", client_message_id="a1")
    rasa.trouble = None
    await owner.reads_until("お答え：質問です")
    (answer,) = await owner.says("質問です", client_message_id="a1")
    assert answer["topic"] == "measure"
    assert answer["id"] > apology["id"]


async def test_after_the_last_attempt_the_owner_is_told_and_may_go_on(owner: Owner, rasa: FakeRasa) -> None:
    rasa.trouble = "silent"
    (choice,) = [one for one in owner.greeting["choices"] if one["label"] == "被害にあったかも"]
    (kept,) = (await owner.posts(choice=choice["id"], client_message_id="a1")).json()["messages"]
    await owner.reads_until("お答えできませんでした")
    assert len(rasa.received) == 3
    rasa.trouble = None
    (final,) = (await owner.posts(choice=choice["id"], client_message_id="a1")).json()["messages"]
    assert final["topic"] == "unavailable"
    assert final["id"] != kept["id"]
    (answer,) = await owner.chooses(choice)
    assert answer["text"] == "お答え：/report_incident"


async def test_asking_again_while_nothing_is_known_repeats_one_apology(owner: Owner, rasa: FakeRasa) -> None:
    rasa.hold()
    first = await owner.says("質問です", client_message_id="a1")
    second = await owner.says("質問です", client_message_id="a1")
    assert first == second
    assert [m["topic"] for m in await owner.reads()] == ["about", None, "unavailable"]
    assert rasa.messages == ["質問です"]


async def test_an_engine_that_is_away_is_said_so(settings: GatewaySettings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    away = settings.model_copy(update={"rasa_url": f"http://127.0.0.1:{port}"})
    async with gateway(away) as caller:
        owner = await Owner.opens(caller)
        (apology,) = await owner.says("質問です")
        ready = await caller.get("/readyz")
    assert apology["topic"] == "unavailable"
    assert ready.status_code == 503
    assert ready.json()["engine"] == "down"


async def test_an_engine_that_hangs_is_asked_again(settings: GatewaySettings, rasa: FakeRasa) -> None:
    async with gateway(settings.model_copy(update={"engine_timeout_seconds": 0.2})) as caller:
        owner = await Owner.opens(caller)
        rasa.hold()
        await owner.says("質問です")
        rasa.release()
        await owner.reads_until("お答え：質問です")
    assert len(rasa.received) >= 2
