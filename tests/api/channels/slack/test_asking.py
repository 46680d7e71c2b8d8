"""An owner writes in Slack and is answered there: in the direct message, in the thread, or alone."""

import json

import pytest
from sqlalchemy import Engine

from ops.rehearsal.slack import RESPONSE_URL_SECONDS, SlackStandIn
from tests.api.channels.slack.counter import Counter, conversations, lines
from tests.api.fake_rasa import FakeRasa


async def test_a_direct_message_is_answered_flat(ryokan: Counter) -> None:
    answer = await ryokan.asks(ryokan.says("バックアップのやり方"))
    assert answer.channel == ryokan.direct
    assert "thread_ts" not in answer.message
    assert "お答え：バックアップのやり方" in answer.text
    assert answer.message["unfurl_links"] in (False, "0", "false")


async def test_who_writes_in_a_thread_of_the_direct_message_is_answered_there(
    ryokan: Counter, database: Engine
) -> None:
    await ryokan.asks(ryokan.says("はじめまして"))
    answer = await ryokan.asks(ryokan.says("続きです", thread_ts="1700000000.000100"))
    assert answer.message["thread_ts"] == "1700000000.000100"
    assert len(conversations(database)) == 1


async def test_a_mention_is_answered_in_a_thread_under_it(ryokan: Counter) -> None:
    answer = await ryokan.asks(ryokan.mentions("うちは12人の旅館です", ts="1700000000.000200"))
    assert (answer.channel, answer.message["thread_ts"]) == ("C0GENERAL", "1700000000.000200")
    assert "お答え：うちは12人の旅館です" in answer.text


async def test_a_mention_in_a_thread_goes_on_in_it_and_is_the_same_conversation(
    ryokan: Counter, database: Engine, rasa: FakeRasa
) -> None:
    await ryokan.asks(ryokan.mentions("一つめ", ts="1700000000.000200"))
    answer = await ryokan.asks(
        ryokan.mentions("二つめ", ts="1700000009.000300", thread_ts="1700000000.000200")
    )
    assert answer.message["thread_ts"] == "1700000000.000200"
    assert len(conversations(database)) == 1
    assert rasa.received[-1]["metadata"]["state"] == {"turns": 1}


async def test_what_colleagues_write_in_a_channel_among_themselves_is_not_heard(
    ryokan: Counter, database: Engine
) -> None:
    words = {"type": "message", "channel": "C0GENERAL", "channel_type": "channel", "user": "U0KARIN"}
    await ryokan.takes(ryokan.event(**words, text="お昼どうする", thread_ts="1700000000.000200"))
    assert conversations(database) == []


async def test_two_people_in_one_thread_each_have_their_own_conversation(
    ryokan: Counter, database: Engine
) -> None:
    await ryokan.asks(ryokan.mentions("旅館の者です", ts="1700000000.000200"))
    other = ryokan.somebody_else("U0KARIN")
    await other.asks(other.mentions("経理の者です", thread_ts="1700000000.000200"))
    assert len(conversations(database)) == 2


async def test_what_was_said_in_private_is_not_known_in_a_channel(
    ryokan: Counter, database: Engine, rasa: FakeRasa
) -> None:
    await ryokan.asks(ryokan.says("うちは経営が苦しい"))
    await ryokan.asks(ryokan.mentions("バックアップは"))
    assert rasa.received[-1]["metadata"]["state"] == {}
    assert len(conversations(database)) == 2


async def test_the_slash_command_is_answered_to_one_person_only(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    answer = await ryokan.asks(ryokan.commands("怪しいメールが来た"))
    assert answer.ephemeral_to == ryokan.user
    assert answer.message["response_type"] == "ephemeral"
    assert ryokan.calls("chat.postMessage") == []
    await ryokan.asks(ryokan.says("さっきの続き"))
    assert len(conversations(database)) == 1


async def test_the_slash_command_alone_says_how_to_ask(ryokan: Counter, database: Engine) -> None:
    response = await ryokan.deliver(ryokan.commands("  "))
    assert response.status_code == 200
    assert "/mamori" in response.text
    assert conversations(database) == []


async def test_after_half_an_hour_the_slash_command_is_answered_in_the_direct_message(
    ryokan: Counter, slack: SlackStandIn
) -> None:
    clock = slack.clock
    command = ryokan.commands("遅れて届く")
    slack.clock = lambda: clock() + RESPONSE_URL_SECONDS + 1
    answer = await ryokan.asks(command)
    slack.clock = clock
    assert (answer.channel, answer.ephemeral_to) == (ryokan.direct, None)


async def test_when_slacks_way_back_is_used_up_the_answer_comes_in_the_direct_message(
    ryokan: Counter, slack: SlackStandIn
) -> None:
    command = ryokan.commands("六つめのお返事")
    slack.use_up(command.payload["response_url"])
    answer = await ryokan.asks(command)
    assert (answer.channel, answer.ephemeral_to) == (ryokan.direct, None)


async def test_a_photo_gets_a_kind_answer(ryokan: Counter) -> None:
    answer = await ryokan.asks(
        ryokan.says("", subtype="file_share", files=[{"id": "F1", "mimetype": "image/png"}])
    )
    assert "読み取れません" in answer.blocks[0]["elements"][0]["text"]


async def test_words_beside_a_photo_are_answered_too(ryokan: Counter, slack: SlackStandIn) -> None:
    await ryokan.takes(
        ryokan.says("この画面は", subtype="file_share", files=[{"id": "F1", "mimetype": "image/png"}])
    )
    await ryokan.settles()
    told = " ".join(slack.texts(ryokan.direct))
    assert "読み取れません" in told
    assert "お答え：この画面は" in told


async def test_a_message_that_was_taken_back_is_forgotten(ryokan: Counter, database: Engine) -> None:
    said = ryokan.says("言わなければよかった", ts="1700000000.000400")
    await ryokan.asks(said)
    before = said.payload["event"]
    gone = ryokan.event(
        type="message",
        subtype="message_deleted",
        channel=ryokan.direct,
        channel_type="im",
        deleted_ts="1700000000.000400",
        previous_message=before,
    )
    await ryokan.takes(gone)
    assert lines(database) == ["（取り消されました）"]


async def test_changed_words_are_not_asked_anew(ryokan: Counter, slack: SlackStandIn, rasa: FakeRasa) -> None:
    await ryokan.asks(ryokan.says("バックアップわ"))
    changed = {"type": "message", "user": ryokan.user, "text": "バックアップは", "edited": {}}
    await ryokan.takes(
        ryokan.event(
            type="message",
            subtype="message_changed",
            channel=ryokan.direct,
            channel_type="im",
            message=changed,
        )
    )
    await ryokan.takes(ryokan.mentions("直した質問", edited={"user": ryokan.user}))
    await ryokan.settles()
    assert rasa.messages == ["バックアップわ"]


@pytest.mark.parametrize(
    "bot",
    [
        {"user": "U0MAMORI"},
        {"user": "U0OTHERBOT", "bot_id": "B1"},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"user": "USLACKBOT"},
    ],
    ids=["the advisor itself", "another app", "an old kind of bot", "Slackbot"],
)
async def test_bots_are_never_answered(ryokan: Counter, database: Engine, bot: dict[str, str]) -> None:
    said = {"channel": ryokan.direct, "channel_type": "im", "text": "定期のお知らせ", **bot}
    await ryokan.takes(ryokan.event(type="message", **said))
    await ryokan.takes(ryokan.event(type="app_mention", **(said | {"channel": "C0GENERAL"})))
    assert conversations(database) == []


async def test_what_slack_delivers_four_times_is_answered_once(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    question = ryokan.says("一度だけ答えて")
    await ryokan.takes(question)
    for number in ("1", "2", "3"):
        headers = {"x-slack-retry-num": number, "x-slack-retry-reason": "http_timeout"}
        await ryokan.takes(question, **headers)
    await ryokan.settles()
    await ryokan.takes(question, **{"x-slack-retry-num": "3"})
    await ryokan.settles()
    assert lines(database) == ["一度だけ答えて"]
    assert len(slack.posted) == 1


async def test_a_command_or_button_that_comes_twice_counts_once(
    ryokan: Counter, slack: SlackStandIn, database: Engine
) -> None:
    command = ryokan.commands("二度来る")
    await ryokan.takes(command)
    await ryokan.takes(command)
    await ryokan.settles()
    press = ryokan.presses("もっと詳しく")
    await ryokan.takes(press)
    await ryokan.takes(press)
    await ryokan.settles()
    assert lines(database) == ["二度来る", "もっと詳しく"]
    assert len(slack.posted) == 2


async def test_a_mention_without_words_is_asked_what_it_is_about(ryokan: Counter) -> None:
    answer = await ryokan.asks(ryokan.mentions(""))
    assert "まだ何も書かれていないようです" in answer.text


async def test_a_very_long_message_is_answered_with_what_to_do(ryokan: Counter) -> None:
    answer = await ryokan.asks(ryokan.says("あ" * 40_000))
    assert "2,000文字以内" in answer.text


async def test_a_call_to_everybody_is_only_words_in_both_directions(ryokan: Counter, rasa: FakeRasa) -> None:
    words = "<!here> &lt;!channel&gt; <@U0KARIN> <#C1|general> <https://evil.test/x|ここ> &amp;amp;"
    answer = await ryokan.asks(ryokan.says(words))
    assert rasa.messages == ["@here <!channel> (ほかの方) #general ここ https://evil.test/x &amp;"]
    said = json.dumps(answer.message, ensure_ascii=False)
    for harm in ("<!", "<@", "<#", "<https://evil"):
        assert harm not in said


async def test_who_looks_in_for_the_first_time_is_greeted_once(ryokan: Counter, slack: SlackStandIn) -> None:
    answer = await ryokan.asks(ryokan.opens_home("messages"))
    assert answer.channel == ryokan.direct
    assert "まもり" in answer.text
    await ryokan.takes(ryokan.opens_home("messages"))
    await ryokan.settles()
    assert len(slack.posted) == 1


async def test_who_has_written_already_is_not_greeted(ryokan: Counter, slack: SlackStandIn) -> None:
    await ryokan.asks(ryokan.says("バックアップは"))
    await ryokan.takes(ryokan.opens_home("messages"))
    await ryokan.settles()
    assert len(slack.posted) == 1


@pytest.mark.parametrize("kind", ["reaction_added", "team_join", "some_event_of_2030"])
async def test_what_was_never_asked_for_is_passed_over(ryokan: Counter, database: Engine, kind: str) -> None:
    await ryokan.takes(ryokan.event(type=kind, user=ryokan.user, item={"channel": "C0GENERAL"}))
    assert conversations(database) == []


@pytest.mark.parametrize(
    "event",
    [{"type": "message"}, {"type": "app_mention", "user": 7, "channel": None}, {"type": "app_home_opened"}],
)
async def test_an_event_of_an_odd_shape_breaks_nothing(
    ryokan: Counter, database: Engine, event: dict[str, object]
) -> None:
    await ryokan.takes(ryokan.event(**event))
    answer = await ryokan.asks(ryokan.says("まだ動いていますか"))
    assert "お答え：まだ動いていますか" in answer.text
