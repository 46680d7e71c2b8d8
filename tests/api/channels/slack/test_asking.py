"""An owner writes in Slack and is answered there: in the direct message, in the thread, or alone."""

from ops.rehearsal.slack import SlackStandIn
from tests.api.channels.slack.counter import Counter


async def test_a_direct_message_is_answered_flat(ryokan: Counter, slack: SlackStandIn) -> None:
    answer = await ryokan.asks(ryokan.says("バックアップのやり方"))
    assert answer.channel == ryokan.direct
    assert "thread_ts" not in answer.message
    assert "お答え：バックアップのやり方" in answer.text
    assert slack.calls[-1][1]["unfurl_links"] is False
