"""Buttons, thumbs and dialogs: what can be pressed in Slack does what it says, for who may press it."""

import json
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.tables import Feedback
from ops.rehearsal.slack import SlackStandIn
from tests.api.channels.slack.counter import Counter, conversations, lines
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.gateway import until


def opinions(database: Engine) -> list[tuple[str, str | None]]:
    with Session(database) as session:
        return [(one.rating, one.comment) for one in session.scalars(select(Feedback))]


async def test_a_choice_is_a_button_and_leads_on(ryokan: Counter, rasa: FakeRasa) -> None:
    answer = await ryokan.asks(ryokan.says("バックアップは"))
    assert [button["text"]["text"] for button in answer.buttons] == ["もっと詳しく", "ほかの対策"]
    assert answer.buttons[0]["style"] == "primary"
    await ryokan.asks(ryokan.presses("もっと詳しく"))
    assert rasa.messages[-1] == "/ask_details"


async def test_a_choice_in_a_thread_is_answered_in_it(ryokan: Counter) -> None:
    asked = await ryokan.asks(ryokan.mentions("バックアップは"))
    answer = await ryokan.asks(ryokan.presses("もっと詳しく"))
    assert answer.message["thread_ts"] == asked.message["thread_ts"]


async def test_a_choice_of_an_answer_for_one_person_is_answered_to_them_alone(ryokan: Counter) -> None:
    await ryokan.asks(ryokan.commands("バックアップは"))
    answer = await ryokan.asks(ryokan.presses("もっと詳しく"))
    assert answer.ephemeral_to == ryokan.user


async def test_a_choice_of_a_question_already_passed_is_told_so(ryokan: Counter, rasa: FakeRasa) -> None:
    first = await ryokan.asks(ryokan.says("一つめ"))
    await ryokan.asks(ryokan.says("二つめ"))
    answer = await ryokan.asks(ryokan.presses("もっと詳しく", first))
    assert "もう先へ進んでいます" in answer.text
    assert rasa.messages == ["一つめ", "二つめ"]


async def test_an_invented_choice_is_refused_in_words(ryokan: Counter, rasa: FakeRasa) -> None:
    answer = await ryokan.asks(ryokan.says("一つめ"))
    invented = {"type": "button", "action_id": "choose_0", "value": "ch_invented"}
    told = await ryokan.asks(ryokan.acts(invented, answer))
    assert "この相談にはありません" in told.text
    assert rasa.messages == ["一つめ"]


async def test_a_colleague_who_presses_anothers_button_is_told_so_alone(
    ryokan: Counter, rasa: FakeRasa
) -> None:
    await ryokan.asks(ryokan.mentions("バックアップは"))
    colleague = ryokan.somebody_else("U0KARIN")
    told = await colleague.asks(colleague.presses("もっと詳しく"))
    assert told.ephemeral_to == "U0KARIN"
    assert "質問した方だけ" in told.text
    assert rasa.messages == ["バックアップは"]


async def test_a_thumb_up_is_kept(ryokan: Counter, database: Engine, slack: SlackStandIn) -> None:
    answer = await ryokan.asks(ryokan.says("バックアップは"))
    await ryokan.takes(ryokan.rates("positive", answer))
    assert opinions(database) == [("up", None)]
    assert slack.opened == []


async def test_a_thumb_down_asks_why_and_keeps_the_reason(
    ryokan: Counter, database: Engine, slack: SlackStandIn
) -> None:
    answer = await ryokan.asks(ryokan.mentions("バックアップは"))
    await ryokan.takes(ryokan.rates("negative", answer))
    assert opinions(database) == [("down", None)]
    await until(lambda: slack.opened)
    reason = {"reason": {"reason": {"type": "plain_text_input", "value": "費用が知りたかった"}}}
    response = await ryokan.deliver(ryokan.submits(slack.opened[0], reason))
    assert (response.status_code, response.text) == (200, "")
    assert opinions(database) == [("down", "費用が知りたかった")]


async def test_a_dialog_that_slack_does_not_open_loses_no_thumb(
    ryokan: Counter, database: Engine, slack: SlackStandIn
) -> None:
    answer = await ryokan.asks(ryokan.says("バックアップは"))
    slack.errors["views.open"] = "expired_trigger_id"
    await ryokan.takes(ryokan.rates("negative", answer))
    await until(lambda: ryokan.calls("views.open"))
    assert opinions(database) == [("down", None)]


async def test_a_thumb_under_anothers_answer_is_not_kept(ryokan: Counter, database: Engine) -> None:
    answer = await ryokan.asks(ryokan.mentions("バックアップは"))
    colleague = ryokan.somebody_else("U0KARIN")
    await colleague.asks(colleague.mentions("経理です", thread_ts=answer.message["thread_ts"]))
    await colleague.takes(colleague.rates("positive", answer))
    assert opinions(database) == []


async def test_records_are_deleted_where_it_is_asked_after_slacks_own_question(
    ryokan: Counter, database: Engine, rasa: FakeRasa
) -> None:
    rasa.says["消して"] = [text("消すときは、下のボタンを押してください。"), custom("privacy")]
    answer = await ryokan.asks(ryokan.mentions("消して"))
    assert answer.buttons[0]["confirm"]["confirm"]["text"] == "消す"
    told = await ryokan.asks(ryokan.presses("記録を消す"))
    assert "すべて消しました" in told.text
    assert told.message["thread_ts"] == answer.message["thread_ts"]
    assert lines(database) == []
    assert len(conversations(database)) == 1


async def test_a_colleague_cannot_delete_anothers_records(
    ryokan: Counter, database: Engine, rasa: FakeRasa
) -> None:
    rasa.says["消して"] = [text("消すときは、下のボタンを押してください。"), custom("privacy")]
    await ryokan.asks(ryokan.mentions("消して"))
    colleague = ryokan.somebody_else("U0KARIN")
    await colleague.asks(colleague.presses("記録を消す"))
    assert lines(database) == ["消して"]


async def test_records_are_deleted_from_home(ryokan: Counter, database: Engine, slack: SlackStandIn) -> None:
    await ryokan.asks(ryokan.says("うちの秘密"))
    await ryokan.takes(ryokan.opens_home())
    await until(lambda: ryokan.user in slack.views)
    forget = button(slack.views[ryokan.user], "記録を消す")
    assert forget["confirm"]["deny"]["text"] == "やめる"
    told = await ryokan.asks(ryokan.acts(forget, None))
    assert told.channel == ryokan.direct
    assert "すべて消しました" in told.text
    assert lines(database) == []


async def test_home_begins_a_consultation_with_the_greeting(ryokan: Counter, slack: SlackStandIn) -> None:
    await ryokan.takes(ryokan.opens_home())
    await until(lambda: ryokan.user in slack.views)
    greeting = await ryokan.asks(ryokan.acts(button(slack.views[ryokan.user], "はじめから相談する"), None))
    assert greeting.channel == ryokan.direct
    assert "5分で診断する" in [one["text"]["text"] for one in greeting.buttons]


async def test_an_unknown_button_or_dialog_is_passed_over(ryokan: Counter, database: Engine) -> None:
    answer = await ryokan.asks(ryokan.says("一つめ"))
    await ryokan.takes(ryokan.acts({"type": "button", "action_id": "of_2030", "value": "x"}, answer))
    broken: dict[str, Any] = {"type": "modal", "callback_id": "reason", "private_metadata": json.dumps({})}
    await ryokan.takes(ryokan.submits(broken, {}))
    await ryokan.takes(ryokan.submits(broken | {"callback_id": "of_2030"}, {}))
    assert opinions(database) == []


def button(view: dict[str, Any], label: str) -> dict[str, Any]:
    rows = [block["elements"] for block in view["blocks"] if block["type"] == "actions"]
    found: dict[str, Any] = next(one for row in rows for one in row if one["text"]["text"] == label)
    return found
