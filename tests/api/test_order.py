"""Many messages, several gateways, lost leases: one turn at a time, in order, counted once."""

import asyncio
from datetime import timedelta

import httpx2
import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session

from api.conversations.inbox import Inbox
from api.conversations.store import Incoming, Store
from api.conversations.turns import OpenTurn
from api.engine import read_replies
from api.instants import now
from api.replies import Reply
from api.settings import GatewaySettings
from api.tables import Conversation, Turn
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.gateway import gateway
from tests.api.owner import Owner


def reply(words: str, **state: object) -> list[Reply]:
    return read_replies([text(words), custom(state=state)])


@pytest.fixture
def store(database: Engine) -> Store:
    return Store(database)


@pytest.fixture
def inbox(database: Engine) -> Inbox:
    return Inbox(database, lease_seconds=60)


@pytest.fixture
def conversation(store: Store) -> Conversation:
    (greeting,) = reply("こんにちは")
    return store.open("default", "web", greeting)[0]


def expire(database: Engine, turn: OpenTurn) -> None:
    with Session(database) as session, session.begin():
        past = now() - timedelta(seconds=1)
        session.execute(update(Turn).where(Turn.id == turn.id).values(lease_until=past))


def says(store: Store, conversation: Conversation, *texts: str) -> None:
    for words in texts:
        store.put(conversation.id, Incoming(words, None))


def claim(inbox: Inbox) -> OpenTurn:
    turn = inbox.claim()
    assert turn is not None
    return turn


async def test_ten_messages_at_once_are_answered_one_after_the_other(
    client: httpx2.AsyncClient, rasa: FakeRasa
) -> None:
    owners = [await Owner.opens(client) for _ in range(3)]
    posts = [owner.says(f"質問{n}") for n in range(10) for owner in owners]
    for answers in await asyncio.gather(*posts):
        assert answers[0]["role"] == "bot"
    for owner in owners:
        await owner.reads_until_answered(10)
        messages = await owner.reads()
        said = [m["text"] for m in messages if m["role"] == "user"]
        answered = [m["text"] for m in messages if m["topic"] == "measure"]
        assert answered == [f"お答え：{words}" for words in said]
        heard = [body for body in rasa.received if body["sender"] == owner.id]
        assert [body["metadata"]["state"].get("turns", 0) for body in heard] == list(range(10))


async def test_two_gateways_share_the_work_and_both_hear_the_answer(
    settings: GatewaySettings, rasa: FakeRasa
) -> None:
    patient = settings.model_copy(update={"reply_wait_seconds": 5})
    async with gateway(patient) as one, gateway(patient) as two:
        owner = await Owner.opens(one)
        elsewhere = Owner(two, owner.id, owner.token, owner.greeting)
        posts = [door.says(f"質問{n}") for n in range(8) for door in (owner, elsewhere)]
        answers = await asyncio.gather(*posts)
    assert all(answer[0]["topic"] == "measure" for answer in answers)
    assert [body["metadata"]["state"].get("turns", 0) for body in rasa.received] == list(range(16))


def test_a_conversation_has_one_turn_at_a_time(
    store: Store, inbox: Inbox, conversation: Conversation
) -> None:
    says(store, conversation, "ひとつめ", "ふたつめ")
    first = claim(inbox)
    assert first.payload == "ひとつめ"
    assert inbox.claim() is None
    assert inbox.finish(first, reply("答え", count=1))
    second = claim(inbox)
    assert (second.payload, second.state) == ("ふたつめ", {"count": 1})


def test_a_turn_to_be_tried_again_keeps_its_place(
    store: Store, inbox: Inbox, conversation: Conversation
) -> None:
    says(store, conversation, "ひとつめ", "ふたつめ")
    inbox.retry(claim(inbox), 60, "EngineSilent")
    assert inbox.claim() is None


def test_another_conversation_does_not_wait(store: Store, inbox: Inbox, conversation: Conversation) -> None:
    (greeting,) = reply("こんにちは")
    neighbour = store.open("default", "web", greeting)[0]
    says(store, conversation, "うちの質問")
    says(store, neighbour, "隣の質問")
    assert [claim(inbox).payload, claim(inbox).payload] == ["うちの質問", "隣の質問"]


def test_a_turn_whose_gateway_died_starts_again_from_the_saved_state(
    store: Store, inbox: Inbox, database: Engine, conversation: Conversation
) -> None:
    says(store, conversation, "はじめ", "つづき")
    inbox.finish(claim(inbox), reply("答え", answers=1))
    lost = claim(inbox)
    assert lost.state == {"answers": 1}
    expire(database, lost)
    again = claim(inbox)
    assert (again.id, again.state, again.attempts) == (lost.id, {"answers": 1}, 2)
    assert inbox.finish(again, reply("つづきの答え", answers=2))
    assert not inbox.finish(lost, reply("おそすぎた答え", answers=2))
    texts = [m.text for m in store.messages(conversation.id, None)]
    assert texts == ["こんにちは", "はじめ", "つづき", "答え", "つづきの答え"]


def test_who_lost_the_lease_can_neither_save_nor_put_back_nor_bury(
    store: Store, inbox: Inbox, database: Engine, conversation: Conversation
) -> None:
    says(store, conversation, "質問")
    lost = claim(inbox)
    expire(database, lost)
    held = claim(inbox)
    assert not inbox.retry(lost, 0, "EngineSilent")
    assert not inbox.postpone(lost, 0, "EngineUnreachable")
    assert not inbox.bury(lost, reply("おしまい")[0], "EngineSilent")
    assert not inbox.finish(lost, reply("答え"))
    assert inbox.finish(held, reply("答え"))


def test_an_answer_that_came_just_in_time_is_not_followed_by_an_apology(
    store: Store, inbox: Inbox, conversation: Conversation
) -> None:
    says(store, conversation, "質問")
    turn = claim(inbox)
    inbox.finish(turn, reply("答え"))
    (message,) = inbox.apologise(turn.id, reply("申し訳ありません")[0])
    assert message.text == "答え"


def test_what_is_done_long_ago_is_not_looked_through(database: Engine) -> None:
    """Looking for work goes by the index of open turns, however many there have been."""
    explain = "EXPLAIN QUERY PLAN" if database.dialect.name == "sqlite" else "EXPLAIN"
    with database.connect() as connection:
        if database.dialect.name == "postgresql":
            connection.exec_driver_sql("SET enable_seqscan = off")
        asked: list[str] = []
        event.listen(database, "before_cursor_execute", lambda *call: asked.append(call[2:4]))
        Inbox(database, 60).claim()
        Inbox(database, 60).depth()
        for statement, values in asked[:]:
            plan = str(connection.exec_driver_sql(f"{explain} {statement}", values).all())
            assert "ix_inbox_open" in plan or "ix_inbox_dead" in plan, plan
            assert "Seq Scan on inbox" not in plan
            assert "'SCAN inbox')" not in plan


async def test_a_turn_left_behind_is_taken_up_by_the_next_gateway(
    store: Store, inbox: Inbox, database: Engine, settings: GatewaySettings, rasa: FakeRasa
) -> None:
    (greeting,) = reply("こんにちは")
    conversation, token, _ = store.open("default", "web", greeting)
    says(store, conversation, "置き去りの質問")
    expire(database, claim(inbox))
    async with gateway(settings) as caller:
        owner = Owner(caller, conversation.id, token, {})
        await owner.reads_until("お答え：置き去りの質問")
    assert rasa.messages == ["置き去りの質問"]
