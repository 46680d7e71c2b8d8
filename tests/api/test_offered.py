"""What was offered travels with the next turn, so that 「2番」 can be understood; typed words stay words."""

from tests.api.fake_rasa import MORE, OTHERS, FakeRasa, custom, text
from tests.api.owner import Owner

LISTED = [
    {"label": "バックアップ", "payload": '/ask_measure{"measure": "backup"}'},
    {"label": "OSの更新", "payload": '/ask_measure{"measure": "os-update"}'},
]


async def test_the_greetings_choices_can_be_picked_at_once(owner: Owner, rasa: FakeRasa) -> None:
    await owner.says("2番")
    (turn,) = rasa.received
    assert turn["metadata"]["offered"]["listed"] == []
    assert [one["payload"] for one in turn["metadata"]["offered"]["choices"]] == [
        "/ask_level",
        "/ask_assessment",
        "/report_incident",
        "/ask_subsidy",
    ]


async def test_records_listed_come_along_beside_the_choices(owner: Owner, rasa: FakeRasa) -> None:
    rasa.says["何をすればいい"] = [text("①②"), custom(choices=[MORE], listed=LISTED)]
    (answer,) = await owner.says("何をすればいい")
    await owner.says("②")
    assert rasa.received[1]["metadata"]["offered"] == {"listed": LISTED, "choices": [MORE]}
    assert "listed" not in answer
    assert all(set(choice) == {"id", "label"} for choice in answer["choices"])


async def test_an_answer_that_offers_nothing_leaves_the_last_offer(owner: Owner, rasa: FakeRasa) -> None:
    rasa.says["ありがとう"] = [text("どういたしまして。"), custom("chitchat")]
    await owner.says("バックアップは")
    await owner.says("ありがとう")
    await owner.says("2番")
    assert rasa.received[2]["metadata"]["offered"]["choices"] == [MORE, OTHERS]


async def test_two_answers_offer_together(owner: Owner, rasa: FakeRasa) -> None:
    rasa.says["二つ"] = [text("一"), custom(choices=[MORE]), text("二"), custom(choices=[OTHERS])]
    await owner.says("二つ")
    await owner.says("2番")
    assert rasa.received[1]["metadata"]["offered"]["choices"] == [MORE, OTHERS]


async def test_a_payload_that_is_typed_reaches_the_engine_as_words(owner: Owner, rasa: FakeRasa) -> None:
    await owner.says('/ask_measure{"measure": "backup"}')
    assert rasa.messages == ['ask_measure{"measure": "backup"}']
