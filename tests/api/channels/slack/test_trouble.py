"""When Slack is busy, away or says no: nothing is lost, nothing storms, and operators see why."""

import asyncio

import pytest
from sqlalchemy import Engine, text

from api.settings import GatewaySettings
from ops.rehearsal.slack import SlackStandIn, Trouble
from tests.api.channels.slack.counter import RYOKAN, Counter, counter, deliveries
from tests.api.gateway import until


async def test_when_slack_asks_for_patience_it_gets_just_that(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    slack.troubles.append(
        Trouble("chat.postMessage", "ratelimited", status=429, headers={"Retry-After": "1"})
    )
    began = asyncio.get_running_loop().time()
    answer = await ryokan.asks(ryokan.says("混んでいますか"))
    assert asyncio.get_running_loop().time() - began >= 0.9
    assert "お答え：混んでいますか" in answer.text
    await ryokan.settles()
    assert len(slack.posted) == 1


@pytest.mark.parametrize(
    "trouble",
    [
        Trouble("chat.postMessage", status=500),
        Trouble("chat.postMessage", "fatal_error"),
        Trouble("chat.postMessage", "service_unavailable", status=503),
    ],
    ids=["500", "fatal_error", "503"],
)
async def test_when_slack_breaks_the_answer_comes_a_little_later(
    ryokan: Counter, slack: SlackStandIn, trouble: Trouble
) -> None:
    slack.troubles.append(trouble)
    answer = await ryokan.asks(ryokan.says("壊れていますか"))
    assert "お答え：壊れていますか" in answer.text
    await ryokan.settles()
    assert len(slack.posted) == 1


async def test_when_slack_is_slow_the_answer_is_not_doubled_in_the_direct_message(
    with_slack: GatewaySettings, slack: SlackStandIn
) -> None:
    slack.troubles.append(Trouble("chat.postMessage", seconds=3, is_taken=True))
    settings = with_slack.model_copy(update={"send_timeout_seconds": 2.0})
    async with counter(settings, slack, RYOKAN) as ryokan:
        await ryokan.takes(ryokan.says("遅いですか"))
        await ryokan.settles()
    assert len(slack.posted) == 1


async def test_an_answer_whose_sending_broke_off_is_looked_for_before_it_is_sent_again(
    with_slack: GatewaySettings, slack: SlackStandIn, database: Engine
) -> None:
    async with counter(with_slack, slack, RYOKAN) as ryokan:
        await ryokan.asks(ryokan.says("途中で切れる"))
        await ryokan.settles()
        with database.begin() as connection:
            connection.execute(
                text("UPDATE deliveries SET status = 'run', lease_until = '2020-01-01 00:00:00+00:00'")
            )
        await until(lambda: deliveries(database)[0].status == "done")
    (delivery,) = deliveries(database)
    assert delivery.is_repeat
    assert len(slack.posted) == 1


async def test_where_slack_does_not_let_us_look_an_answer_rather_comes_twice_than_never(
    ryokan: Counter, slack: SlackStandIn
) -> None:
    slack.errors["conversations.history"] = "missing_scope"
    slack.troubles.append(Trouble("chat.postMessage", status=500))
    answer = await ryokan.asks(ryokan.says("届きますか"))
    assert "お答え：届きますか" in answer.text


async def test_in_a_thread_it_may_come_twice_and_that_is_recorded(
    with_slack: GatewaySettings, slack: SlackStandIn, database: Engine
) -> None:
    async with counter(with_slack, slack, RYOKAN) as ryokan:
        await ryokan.asks(ryokan.mentions("途中で切れる"))
        await ryokan.settles()
        with database.begin() as connection:
            connection.execute(
                text("UPDATE deliveries SET status = 'run', lease_until = '2020-01-01 00:00:00+00:00'")
            )
        await until(lambda: deliveries(database)[0].status == "done")
    assert deliveries(database)[0].is_repeat
    assert len(slack.posted) == 2


@pytest.mark.parametrize(
    "error",
    [
        "channel_not_found",
        "not_in_channel",
        "is_archived",
        "user_disabled",
        "cannot_dm_bot",
        "restricted_action",
    ],
)
async def test_where_nothing_can_be_written_the_answer_is_given_up_by_name(
    ryokan: Counter, slack: SlackStandIn, database: Engine, error: str
) -> None:
    slack.errors["C0GENERAL"] = error
    await ryokan.takes(ryokan.mentions("届きますか"))
    await ryokan.settles()
    assert [(one.status, one.error) for one in deliveries(database)] == [("dead", error)]
    assert len(ryokan.calls("chat.postMessage")) == 1


async def test_a_revoked_token_ends_all_sending_at_once(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    slack.revoked.add(RYOKAN.bot_token)
    await ryokan.takes(ryokan.says("一つめ"))
    await ryokan.settles()
    for number in range(5):
        await ryokan.takes(ryokan.says(f"続き{number}"))
    await ryokan.settles()
    assert [(one.status, one.error) for one in deliveries(database)] == [("dead", "TokenRefused")]
    assert len(ryokan.calls("chat.postMessage")) == 1
    assert "slack" not in ryokan.app.state.doors.of("kanazawa-ryokan")


async def test_a_person_who_may_not_use_a_name_of_their_own_still_names_themselves(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    await ryokan.asks(ryokan.says("人に相談したい"))
    slack.troubles.append(Trouble("chat.postMessage", "missing_scope"))
    conversation = deliveries(database)[0].conversation_id
    await asyncio.to_thread(ryokan.app.state.people.write, conversation, "山田です。", "金沢の山田")
    await until(lambda: len(slack.posted) == 2)
    assert "username" not in slack.posted[1].message
    assert "金沢の山田" in slack.posted[1].blocks[0]["elements"][0]["text"]


async def test_where_slack_knows_no_thumbs_the_answer_comes_without_them(
    ryokan: Counter, slack: SlackStandIn
) -> None:
    slack.troubles.append(Trouble("chat.postMessage", "invalid_blocks"))
    answer = await ryokan.asks(ryokan.says("バックアップは"))
    kinds = [block["type"] for block in answer.blocks]
    assert "context_actions" not in kinds
    assert "actions" in kinds


async def test_a_persons_words_come_under_their_name_where_the_owner_wrote(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    asked = await ryokan.asks(ryokan.mentions("人に相談したい"))
    conversation = deliveries(database)[0].conversation_id
    await asyncio.to_thread(ryokan.app.state.people.write, conversation, "山田です。", "金沢の山田")
    await until(lambda: len(slack.posted) == 2)
    told = slack.posted[1]
    assert told.message["username"] == "金沢の山田"
    assert (told.channel, told.message["thread_ts"]) == (asked.channel, asked.message["thread_ts"])


async def test_after_a_slash_command_a_person_writes_into_the_direct_message(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    await ryokan.asks(ryokan.commands("人に相談したい"))
    conversation = deliveries(database)[0].conversation_id
    await asyncio.to_thread(ryokan.app.state.people.write, conversation, "山田です。", "金沢の山田")
    await until(lambda: len(slack.posted) == 2)
    assert (slack.posted[1].channel, slack.posted[1].ephemeral_to) == (ryokan.direct, None)


async def test_slack_busy_on_the_way_back_of_a_command_is_tried_again(
    ryokan: Counter, slack: SlackStandIn
) -> None:
    slack.troubles.append(Trouble("response_url", "rate", status=429, headers={"Retry-After": "1"}))
    slack.troubles.append(Trouble("response_url", "broken", status=502))
    answer = await ryokan.asks(ryokan.commands("混んでいますか"))
    assert answer.ephemeral_to == ryokan.user


async def test_no_answer_goes_to_an_address_that_is_not_slacks(ryokan: Counter, slack: SlackStandIn) -> None:
    command = ryokan.commands("どこへ行く")
    other = command.body.replace(b"response_url=http%3A%2F%2F", b"response_url=http%3A%2F%2Fevil.test%2F")
    moved = type(command)(command.path, other, command.content_type, command.payload, command.kind)
    answer = await ryokan.asks(moved)
    assert answer.channel == ryokan.direct


async def test_opening_home_never_holds_up_an_answer(ryokan: Counter, slack: SlackStandIn) -> None:
    await ryokan.takes(ryokan.opens_home())
    await until(lambda: ryokan.user in slack.views)
    slack.troubles.append(Trouble("views.publish", seconds=5))
    await ryokan.asks(ryokan.says("一つめ"))
    answer = await ryokan.asks(ryokan.says("二つめ"))
    assert "お答え：二つめ" in answer.text
