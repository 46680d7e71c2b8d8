"""While a person of the association answers, the advisor is silent, at every door."""

import asyncio

import httpx2
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.settings import GatewaySettings
from api.tables import Conversation
from tests.api.channels.plain_door import Desk, desk, said
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import gateway, until
from tests.api.owner import Owner


def conversation(database: Engine) -> str:
    with Session(database) as session:
        return session.scalars(select(Conversation)).one().id


async def test_a_person_takes_over_writes_and_hands_back(
    plain: Desk, database: Engine, rasa: FakeRasa
) -> None:
    people = plain.app.state.people
    await plain.takes(said("人と話したい"))
    await plain.answered("お答え：人と話したい")
    people.set_mode(conversation(database), "human")
    await plain.takes(said("聞こえますか", after=1))
    people.write(conversation(database), "担当の鈴木です。承ります。", "鈴木（○○組合）")
    await plain.answered("お答え：人と話したい", "担当の鈴木です。承ります。")
    unasked = plain.door.sent[1]
    assert (unasked.route, unasked.address) == ({}, {"user": "旅館"})
    assert (unasked.messages[0].role, unasked.messages[0].sender) == ("staff", "鈴木（○○組合）")
    people.set_mode(conversation(database), "bot")
    await plain.takes(said("また相談します", after=2))
    await until(lambda: len(plain.door.sent) == 3)
    assert rasa.messages == ["人と話したい", "また相談します"]


async def test_an_answer_under_way_is_dropped_when_a_person_takes_over(
    plain: Desk, database: Engine, rasa: FakeRasa
) -> None:
    rasa.hold()
    await plain.takes(said("ひとつめ"))
    await until(lambda: rasa.received)
    await plain.takes(said("ふたつめ", after=1))
    plain.app.state.people.set_mode(conversation(database), "human")
    rasa.release()
    await asyncio.sleep(0.5)
    assert plain.door.sent == []
    assert rasa.messages == ["ひとつめ"]


async def test_on_the_website_a_message_to_a_person_has_no_replies(
    settings: GatewaySettings, database: Engine, rasa: FakeRasa
) -> None:
    async with desk(settings) as plain:
        transport = httpx2.ASGITransport(app=plain.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://mamori.test") as client:
            owner = await Owner.opens(client)
            plain.app.state.people.set_mode(owner.id, "human")
            answer = await owner.posts(text="聞こえますか", client_message_id="1")
            assert answer.json() == {"mode": "human", "messages": []}
            again = await owner.posts(text="聞こえますか", client_message_id="1")
            assert again.json() == {"mode": "human", "messages": []}
            plain.app.state.people.write(owner.id, "はい、鈴木です。", "鈴木")
            told = await owner.reads()
            assert [(m["role"], m["sender"]) for m in told[1:]] == [("user", None), ("staff", "鈴木")]
            assert rasa.messages == []


async def test_while_waiting_for_a_person_the_advisor_still_answers(
    settings: GatewaySettings, database: Engine
) -> None:
    async with gateway(settings) as client:
        owner = await Owner.opens(client)
        with Session(database) as session, session.begin():
            session.get_one(Conversation, owner.id).mode = "waiting"
        answer = await owner.posts(text="待つあいだに")
        assert answer.json()["mode"] == "waiting"
        assert answer.json()["messages"][0]["text"] == "お答え：待つあいだに"
