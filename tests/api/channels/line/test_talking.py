"""An owner writes on LINE and is answered there, for nothing and once."""

from tests.api.channels.line.phone import USER, Phone, quick_replies
from tests.api.gateway import until


async def test_a_question_is_answered_by_the_free_reply(owner: Phone) -> None:
    await owner.says("バックアップは要りますか")
    (answer,) = [m for m in await owner.gets() if m["type"] == "text"]
    assert answer["text"].startswith("お答え：バックアップは要りますか\n出典：中小企業の")
    assert [one.way for one in owner.line.sent] == ["reply"]
    assert owner.line.sent[0].to == USER


async def test_choices_stand_under_the_answer_and_can_be_pressed(owner: Phone) -> None:
    await owner.says("何から始めればいいですか")
    choices = quick_replies((await owner.gets())[-1])
    assert [(c["type"], c["label"], c["displayText"]) for c in choices] == [
        ("postback", "もっと詳しく", "もっと詳しく"),
        ("postback", "ほかの対策", "ほかの対策"),
    ]
    await owner.does(owner.presses(choices[0]["data"]))
    await until(lambda: len(owner.line.sent) == 2)
    assert owner.line.sent[1].texts[0].startswith("お答え：/ask_details")


async def test_what_was_never_offered_is_refused_in_words(owner: Phone) -> None:
    await owner.does(owner.presses("ch_0123456789abcdef"))
    assert "その選択肢は、この相談にはありません" in (await owner.gets())[0]["text"]


async def test_the_same_event_delivered_three_times_is_answered_once(owner: Phone) -> None:
    event = owner.words("一度だけ")
    for _ in range(3):
        await owner.does(event)
        event = event | {"deliveryContext": {"isRedelivery": True}}
    await owner.says("次の質問")
    await owner.gets(2)
    assert [text[:7] for text in owner.line.texts()] == ["お答え：一度だ", "お答え：次の質"]


async def test_lines_connection_check_is_answered(owner: Phone) -> None:
    await owner.does()
    assert owner.line.sent == []


async def test_while_it_thinks_the_owner_sees_so(owner: Phone) -> None:
    await owner.says("考えてください")
    await owner.gets()
    assert owner.line.loading == [(USER, 40)]
