"""An owner's phone that sends twice: ``client_message_id`` in all its cases."""

import asyncio

import httpx2

from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until
from tests.api.owner import Owner


async def test_the_same_message_sent_twice_is_answered_once(owner: Owner, rasa: FakeRasa) -> None:
    first = await owner.says("質問です", client_message_id="a1")
    again = await owner.says("質問です", client_message_id="a1")
    assert first == again
    assert rasa.messages == ["質問です"]
    assert len(await owner.reads()) == 3


async def test_a_second_sending_waits_for_the_first(owner: Owner, rasa: FakeRasa) -> None:
    rasa.hold()
    both = [asyncio.create_task(owner.says("質問です", client_message_id="a1")) for _ in range(5)]
    await until(lambda: rasa.received)
    rasa.release()
    answers = await asyncio.gather(*both)
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0]["topic"] == "measure"
    assert rasa.messages == ["質問です"]


async def test_the_same_id_for_other_words_is_refused(owner: Owner) -> None:
    await owner.says("質問です", client_message_id="a1")
    for body in ({"text": "べつの質問"}, {"choice": owner.greeting["choices"][0]["id"]}):
        refused = await owner.posts(client_message_id="a1", **body)
        assert refused.status_code == 409
        assert refused.json()["type"] == "urn:mamori:message-id-taken"


async def test_a_choice_sent_twice_is_one_choice(owner: Owner, rasa: FakeRasa) -> None:
    body = {"choice": owner.greeting["choices"][0]["id"], "client_message_id": "a1"}
    first, again = await owner.posts(**body), await owner.posts(**body)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert rasa.messages == ["/ask_level"]


async def test_the_same_words_without_an_id_are_two_messages(owner: Owner, rasa: FakeRasa) -> None:
    await owner.says("質問です")
    await owner.says("質問です")
    assert len(rasa.received) == 2


async def test_another_conversation_may_use_the_same_id(client: httpx2.AsyncClient, owner: Owner) -> None:
    neighbour = await Owner.opens(client)
    await owner.says("うちの質問", client_message_id="a1")
    (answer,) = await neighbour.says("隣の質問", client_message_id="a1")
    assert answer["text"] == "お答え：隣の質問"


async def test_any_id_up_to_64_characters_will_do(owner: Owner) -> None:
    for id_ in ("番", "番" * 64, "\x00", "a b"):
        assert await owner.says("質問です", client_message_id=id_)


async def test_an_id_of_another_kind_is_refused(owner: Owner) -> None:
    for bad in ("", "x" * 65, 7, ["a"]):
        refused = await owner.posts(text="質問です", client_message_id=bad)
        assert refused.status_code == 422
        assert refused.json()["fields"] == ["client_message_id"]
