"""A conversation as the contract tells it."""

import json
import re
from datetime import datetime

import httpx2

from tests.api.fake_rasa import BACKUP, FakeRasa, custom, text
from tests.api.owner import CONVERSATIONS, Owner
from tests.api.test_words import SAID


async def test_a_conversation_begins_with_a_greeting_and_four_ways_on(owner: Owner) -> None:
    greeting = owner.greeting
    assert greeting["role"] == "bot"
    assert greeting["topic"] == "about"
    assert [choice["label"] for choice in greeting["choices"]] == [
        "どこまでやれば十分か",
        "5分で診断する",
        "被害にあったかも",
        "使える補助金",
    ]
    assert set(greeting["choices"][0]) == {"id", "label"}
    assert "まもり" in greeting["text"]


async def test_the_owner_gets_the_answer_with_its_sources(owner: Owner) -> None:
    (answer,) = await owner.says("バックアップはどうやるの")
    assert answer["text"] == "お答え：バックアップはどうやるの"
    assert answer["topic"] == "measure"
    assert answer["refs"] == [BACKUP]
    assert [choice["label"] for choice in answer["choices"]] == ["もっと詳しく", "ほかの対策"]
    assert datetime.fromisoformat(answer["created_at"]).utcoffset() is not None
    assert answer["created_at"].endswith("+09:00")


async def test_the_engine_is_told_who_asks_and_what_is_known(owner: Owner, rasa: FakeRasa) -> None:
    await owner.says("はじめの質問")
    await owner.says("つぎの質問")
    first, second = rasa.received
    assert first["sender"] == second["sender"] == owner.id
    assert first["metadata"]["association"] == "default"
    assert first["metadata"]["channel"] == "web"
    assert first["metadata"]["state"] == {}
    assert second["metadata"]["state"] == {"turns": 1}
    assert second["metadata"]["turn"] > first["metadata"]["turn"]


async def test_an_association_gives_its_name_along(client: httpx2.AsyncClient, rasa: FakeRasa) -> None:
    member = await Owner.opens(client, association="kanazawa-ryokan")
    await member.says("こんにちは")
    assert rasa.received[0]["metadata"]["association"] == "kanazawa-ryokan"


async def test_two_questions_get_two_answers_in_order(owner: Owner, rasa: FakeRasa) -> None:
    rasa.says["二つ"] = [
        text("急ぎの答え"),
        text("その続き"),
        custom("incident_response"),
        text("もう一つの答え"),
        custom("subsidy", state={"company": {"employees": 12}}),
    ]
    answers = await owner.says("二つ")
    assert [(a["topic"], a["text"]) for a in answers] == [
        ("incident_response", "急ぎの答え\nその続き"),
        ("subsidy", "もう一つの答え"),
    ]


async def test_both_sides_can_be_read_again_oldest_first(owner: Owner) -> None:
    (answer,) = await owner.says("ひとつめ")
    await owner.says("ふたつめ")
    messages = await owner.reads()
    assert [(m["role"], m["text"]) for m in messages[1:]] == [
        ("user", "ひとつめ"),
        ("bot", "お答え：ひとつめ"),
        ("user", "ふたつめ"),
        ("bot", "お答え：ふたつめ"),
    ]
    assert messages[1]["topic"] is None
    assert [m["id"] for m in messages] == sorted(m["id"] for m in messages)
    assert all(re.fullmatch(r"m_[0-9a-f]+", m["id"]) for m in messages)
    assert await owner.reads(after=answer["id"]) == messages[3:]
    assert await owner.reads(after=messages[-1]["id"]) == []


async def test_an_unknown_place_to_read_on_from_replays_everything(owner: Owner) -> None:
    for after in ("m_unknown", "\x00", "あ", "' OR 1=1 --"):
        assert await owner.reads(after=after) == [owner.greeting]


async def test_odd_words_are_kept_as_typed_in_either_database(owner: Owner) -> None:
    for words in SAID.values():
        await owner.says(words)
    kept = [message["text"] for message in await owner.reads() if message["role"] == "user"]
    assert kept == list(SAID.values())


async def test_the_owner_sees_what_the_advisor_believes_about_the_company(
    owner: Owner, rasa: FakeRasa
) -> None:
    unknown = dict.fromkeys(
        [
            "industry",
            "employees",
            "prefecture",
            "municipality",
            "handles_personal_data",
            "telework",
            "byod",
            "customer_demands",
            "self_check",
        ]
    )
    answer = await owner.client.get(f"{owner.path}/profile", headers=owner.key)
    assert answer.json() == unknown
    company = {"industry": "宿泊業", "employees": 12, "telework": False}
    rasa.says["旅館です"] = [text("12名の旅館さんですね"), custom("profile", state={"company": company})]
    await owner.says("旅館です")
    answer = await owner.client.get(f"{owner.path}/profile", headers=owner.key)
    assert answer.json() == unknown | company


async def test_a_choice_is_shown_as_the_owners_words_and_means_its_payload(
    owner: Owner, rasa: FakeRasa
) -> None:
    await owner.chooses(owner.greeting["choices"][0])
    assert rasa.messages == ["/ask_level"]
    said = (await owner.reads())[1]
    assert (said["role"], said["text"]) == ("user", "どこまでやれば十分か")


async def test_a_choice_never_shows_its_payload(owner: Owner) -> None:
    opened = await owner.client.post(CONVERSATIONS)
    assert "payload" not in opened.text
    assert "/ask_level" not in opened.text


async def test_an_answered_question_is_not_asked_twice(owner: Owner) -> None:
    level, other, *_ = owner.greeting["choices"]
    (answer,) = await owner.chooses(level)
    for choice in (level, other):
        refused = await owner.posts(choice=choice["id"])
        assert refused.status_code == 409
        assert refused.json()["type"] == "urn:mamori:choice-passed"
    await owner.chooses(answer["choices"][0])


async def test_written_words_move_the_conversation_on_too(owner: Owner) -> None:
    await owner.says("べつの話")
    assert (await owner.posts(choice=owner.greeting["choices"][0]["id"])).status_code == 409


async def test_a_choice_nobody_offered_is_refused(owner: Owner) -> None:
    headers = owner.key | {"Content-Type": "application/json"}
    for choice in ("ch_unknown", "", "\x00", "/restart", "\udc00", "あ" * 500):
        body = json.dumps({"choice": choice})
        refused = await owner.client.post(f"{owner.path}/messages", content=body, headers=headers)
        assert refused.status_code == 422
        assert refused.json()["type"] == "urn:mamori:choice-unknown"


async def test_another_conversations_choice_is_refused(client: httpx2.AsyncClient, owner: Owner) -> None:
    neighbour = await Owner.opens(client)
    refused = await owner.posts(choice=neighbour.greeting["choices"][0]["id"])
    assert refused.status_code == 422


async def test_no_more_than_six_choices_are_shown(owner: Owner, rasa: FakeRasa) -> None:
    many = [{"label": f"その{n}", "payload": "/affirm"} for n in range(9)]
    rasa.says["たくさん"] = [text("どれですか"), custom(choices=many)]
    (answer,) = await owner.says("たくさん")
    assert len(answer["choices"]) == 6
