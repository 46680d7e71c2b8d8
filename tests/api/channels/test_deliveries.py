"""An answer reaches its owner in order, once if that can be known, and never silently not."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api.errors import HeldBack, SendLater, Undeliverable
from api.instants import now
from api.settings import GatewaySettings
from api.tables import Conversation, Delivery
from tests.api.channels.plain_door import Desk, desk, said
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until

QUICK = {"resend_seconds": 0.02, "resend_limit_seconds": 0.05, "max_sendings": 3}


@pytest.fixture
async def plain(settings: GatewaySettings) -> AsyncIterator[Desk]:
    async with desk(settings, **QUICK) as running:
        yield running


def deliveries(database: Engine) -> list[Delivery]:
    with Session(database) as session:
        return list(session.scalars(select(Delivery).order_by(Delivery.id)))


async def test_a_platform_that_is_away_is_tried_again_with_the_same_key(
    plain: Desk, database: Engine
) -> None:
    plain.door.troubles = [SendLater("Busy"), SendLater("Away", 0.1)]
    await plain.takes(said("届くまで"))
    await plain.answered("お答え：届くまで")
    (delivery,) = deliveries(database)
    assert (delivery.status, delivery.attempts, delivery.is_repeat) == ("done", 3, False)
    assert plain.door.sent[0].key == delivery.key


async def test_what_never_gets_through_is_given_up_visibly_and_the_next_goes_on(
    plain: Desk, database: Engine
) -> None:
    plain.door.troubles = [SendLater("Away")] * 3
    await plain.takes(said("届かない"))
    await until(lambda: [d.status for d in deliveries(database)] == ["dead"])
    await plain.takes(said("届く", after=1))
    await plain.answered("お答え：届く")
    assert [(d.status, d.error) for d in deliveries(database)] == [("dead", "Away"), ("done", None)]
    assert plain.app.state.deliveries.counts() == {("line", "dead"): 1}
    assert plain.app.state.deliveries.revive(None) == [deliveries(database)[0].id]
    await until(lambda: plain.door.texts == ["お答え：届く", "お答え：届かない"])


async def test_what_is_refused_is_not_tried_again(plain: Desk, database: Engine) -> None:
    plain.door.troubles = [Undeliverable("TokenRefused")]
    await plain.takes(said("一度きり"))
    await until(lambda: [d.status for d in deliveries(database)] == ["dead"])
    await asyncio.sleep(0.2)
    (delivery,) = deliveries(database)
    assert (delivery.error, delivery.attempts) == ("TokenRefused", 1)


async def test_what_was_held_back_goes_with_the_next_answer(plain: Desk, database: Engine) -> None:
    plain.door.troubles = [HeldBack("Quota")]
    await plain.takes(said("ひとつめ"))
    await until(lambda: [d.status for d in deliveries(database)] == ["held"])
    assert plain.app.state.deliveries.counts() == {("line", "held"): 1}
    await plain.takes(said("ふたつめ", after=1))
    await plain.answered("お答え：ひとつめ", "お答え：ふたつめ")
    assert len(plain.door.sent) == 1
    assert [d.status for d in deliveries(database)] == ["done", "done"]


async def test_a_crash_in_mid_send_is_taken_over_and_recorded(
    settings: GatewaySettings, database: Engine, rasa: FakeRasa
) -> None:
    async with desk(settings, **QUICK) as first:
        first.door.breaks_off = True
        await first.takes(said("途中で落ちる"))
        await until(lambda: [d.status for d in deliveries(database)] == ["run"])
    with database.begin() as connection:
        connection.execute(update(Delivery).values(lease_until=now() - timedelta(seconds=1)))
    async with desk(settings, **QUICK) as second:
        await second.answered("お答え：途中で落ちる")
        assert second.door.sent[0].is_repeat
        assert second.app.state.metrics.registry.get_sample_value(
            "mamori_deliveries_repeated_total", {"channel": "line"}
        )
    assert deliveries(database)[0].is_repeat


async def test_a_door_that_hangs_is_left_after_a_while(
    settings: GatewaySettings, database: Engine, rasa: FakeRasa
) -> None:
    async with desk(settings, **QUICK, send_timeout_seconds=0.05) as plain:
        plain.door.breaks_off = True
        await plain.takes(said("返事のない窓口"))
        await until(lambda: [d.status for d in deliveries(database)] == ["dead"])
        assert deliveries(database)[0].error == "TooSlow"


async def test_an_owner_who_waits_too_long_gets_a_word_and_the_answer_later(
    settings: GatewaySettings, rasa: FakeRasa, database: Engine
) -> None:
    rasa.hold()
    async with desk(settings, line_patience_seconds=0.2, engine_timeout_seconds=20) as plain:
        await plain.takes(said("ゆっくりの質問"))
        await until(lambda: plain.door.sent)
        assert "すぐにお答えできません" in plain.door.texts[0]
        assert plain.door.sent[0].is_first
        await asyncio.sleep(0.3)
        assert len(plain.door.sent) == 1
        rasa.release()
        await until(lambda: len(plain.door.sent) == 2)
        assert plain.door.texts[1] == "お答え：ゆっくりの質問"
        assert not plain.door.sent[1].is_first


async def test_a_question_given_up_is_told_so(plain: Desk, rasa: FakeRasa) -> None:
    rasa.trouble = 500
    await plain.takes(said("壊れた質問"))
    await until(lambda: plain.door.sent)
    assert "お答えできませんでした" in plain.door.texts[0]


async def test_answers_of_two_owners_do_not_wait_for_each_other(plain: Desk, database: Engine) -> None:
    plain.door.troubles = [SendLater("Busy", 5)]
    await plain.takes(said("待つ人", user="A"))
    await until(lambda: [d.attempts for d in deliveries(database)] == [1])
    await plain.takes(said("待つ人のつぎ", user="A", after=1), said("待たない人", user="B", after=2))
    await plain.answered("お答え：待たない人")


async def test_the_figures_show_what_did_not_arrive(settings: GatewaySettings, rasa: FakeRasa) -> None:
    async with desk(settings, **QUICK) as plain:
        plain.door.troubles = [HeldBack("Quota")]
        await plain.takes(said("ひとつめ"))
        await until(lambda: plain.app.state.deliveries.counts() == {("line", "held"): 1})
        await asyncio.sleep(0.1)
        transport = httpx2.ASGITransport(app=plain.app, client=("127.0.0.1", 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://mamori.test") as client:
            figures = (await client.get("/metrics")).text
        assert 'mamori_undelivered{channel="line",status="held"} 1.0' in figures
        assert 'mamori_deliveries_total{channel="line",outcome="held"} 1.0' in figures


async def test_deletion_takes_what_is_on_its_way_along(plain: Desk, database: Engine) -> None:
    plain.door.troubles = [SendLater("Busy", 5)]
    await plain.takes(said("消す前に"))
    await until(lambda: deliveries(database))
    with Session(database) as session:
        conversation = session.scalars(select(Conversation)).one().id
    await plain.app.state.conversations.delete(conversation)
    assert deliveries(database) == []
