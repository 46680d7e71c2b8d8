"""What every door promises an owner: one class, the website, LINE and Slack."""

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from api.settings import GatewaySettings
from ops.rehearsal.line import LineStandIn
from ops.rehearsal.serving import Server
from ops.rehearsal.slack import SlackStandIn
from tests.api.channels.benches import LINE_TOKEN, TEAM, Bench, bench
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.gateway import until
from tests.api.test_attachments import PAPER

DOORS = ["web", "line", "slack"]
URL = "https://www.ipa.go.jp/security/guide/sme/" + "about/" * 12
LONG = [
    f"{number}番目の対策は、毎月1,234,567円までの費用で、{URL}{number}.html に詳しく書かれています。"
    for number in range(40)
]


@pytest.fixture(scope="module")
def platforms() -> Iterator[tuple[LineStandIn, str, SlackStandIn]]:
    line, slack = LineStandIn(LINE_TOKEN), SlackStandIn(TEAM)
    with Server(line.app) as line_url, Server(slack.app) as slack.url:
        yield line, line_url, slack


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The core is proved on both databases; what the doors make of it does not depend on them."""
    return f"sqlite:///{tmp_path / 'mamori.db'}"


@pytest.fixture(params=DOORS)
async def door(
    request: pytest.FixtureRequest,
    settings: GatewaySettings,
    platforms: tuple[LineStandIn, str, SlackStandIn],
) -> AsyncIterator[Bench]:
    line, line_url, slack = platforms
    line.reset()
    slack.reset()
    async with bench(request.param, settings, line, line_url, slack) as one:
        yield one


class TestChannelContract:
    async def test_who_is_not_who_it_says_is_refused(self, door: Bench, rasa: FakeRasa) -> None:
        assert await door.forges("なりすまし") == 401
        await asyncio.sleep(0.3)
        assert rasa.messages == []

    async def test_what_is_delivered_again_is_answered_once(self, door: Bench, rasa: FakeRasa) -> None:
        for _ in range(3):
            assert await door.says("一度だけ", key="k1") == 200
        assert len(await door.hears(1)) == 1
        assert await door.says("一度だけ", key="k1") == 200
        assert len(await door.hears(1)) == 1
        assert rasa.messages == ["一度だけ"]

    async def test_an_empty_text_harms_nothing(self, door: Bench, rasa: FakeRasa) -> None:
        assert await door.says("　") in (200, 422)
        await door.says("つぎの質問")
        await until(lambda: rasa.messages == ["つぎの質問"])

    async def test_messages_keep_their_order(self, door: Bench, rasa: FakeRasa) -> None:
        start = time.time()
        words = ["いち", "に", "さん", "よん"]
        # platforms may deliver out of order; the website's own order is that of its posts
        order = [0, 1, 2, 3] if door.channel == "web" else [1, 0, 3, 2]
        rasa.hold()
        posts = []
        for n in order:
            posts.append(asyncio.create_task(door.says(words[n], key=words[n], at=start + n)))
            await until(lambda: door.arrived == len(posts))
        rasa.release()
        await asyncio.gather(*posts)
        await until(lambda: len(rasa.messages) == 4)
        assert rasa.messages == words
        answers = [answer.text.partition("お答え：")[2] for answer in await door.hears(4)]
        assert [answer[:2].strip() for answer in answers if answer] == words

    async def test_a_long_answer_arrives_whole(self, door: Bench, rasa: FakeRasa) -> None:
        rasa.says["長い答え"] = [text("".join(LONG)), custom()]
        await door.says("長い答え")
        (answer,) = await door.hears(1)
        plain = re.sub(r"[<>]|\|[^|]*?(?=\s)", "", answer.text)
        for number in range(40):
            assert f"{URL}{number}.html" in plain, number
            assert f"{number}番目の対策は、毎月1,234,567円までの費用で" in plain.replace("\n", ""), number

    async def test_choices_are_buttons_and_count_once(self, door: Bench, rasa: FakeRasa) -> None:
        await door.says("バックアップは")
        (answer,) = await door.hears(1)
        offered = answer.choices
        assert [label for label in offered if label[:1] in "もほ"] == ["もっと詳しく", "ほかの対策"]
        assert await door.presses(offered["もっと詳しく"]) == 200
        await until(lambda: rasa.messages == ["バックアップは", "/ask_details"])
        await door.hears(2)
        assert await door.presses(offered["ほかの対策"]) in (200, 409)
        await asyncio.sleep(0.4)
        assert rasa.messages == ["バックアップは", "/ask_details"]

    async def test_a_choice_never_offered_is_refused(self, door: Bench, rasa: FakeRasa) -> None:
        await door.says("バックアップは")
        await door.hears(1)
        for foreign in ("ch_" + "0" * 32, "/ask_subsidy"):
            assert await door.presses(foreign) in (200, 422)
        await asyncio.sleep(0.4)
        assert rasa.messages == ["バックアップは"]

    async def test_a_paper_is_a_link_that_opens(self, door: Bench, rasa: FakeRasa) -> None:
        rasa.says["締切は"] = [text("12月15日です"), custom("subsidy", attachments=[PAPER])]
        await door.says("締切は")
        (answer,) = await door.hears(1)
        (link,) = {link for link in answer.links if "/attachments/" in link}
        fetched = await door.client.get(link)
        assert fetched.status_code == 200
        assert fetched.headers["content-type"].startswith("text/calendar")

    async def test_a_person_is_seen_to_be_one_and_the_advisor_is_silent(
        self, door: Bench, rasa: FakeRasa
    ) -> None:
        await door.says("人と話したい")
        (answer,) = await door.hears(1)
        assert answer.sender is None
        people, conversation = door.app.state.people, door.conversation_id
        people.set_mode(conversation, "human")
        await door.says("聞こえますか")
        people.write(conversation, "承ります。", "鈴木")
        heard = await door.hears(2)
        assert len(heard) == 2
        assert "承ります。" in heard[1].text
        assert "鈴木" in (heard[1].sender or "")
        assert rasa.messages == ["人と話したい"]

    async def test_a_command_is_only_words(self, door: Bench, rasa: FakeRasa) -> None:
        await door.says("／ask_subsidy{}")
        await until(lambda: rasa.messages == ["ask_subsidy{}"])

    async def test_everything_is_in_one_conversation(self, door: Bench, rasa: FakeRasa) -> None:
        for number, words in enumerate(("ひとつめ", "ふたつめ", "みっつめ"), 1):
            await door.says(words)
            await door.hears(number)
        assert [body["metadata"]["state"].get("turns", 0) for body in rasa.received] == [0, 1, 2]
        assert {body["metadata"]["channel"] for body in rasa.received} == {door.channel}


async def test_the_same_question_gives_the_same_advice_everywhere(
    settings: GatewaySettings, platforms: tuple[LineStandIn, str, SlackStandIn], rasa: FakeRasa
) -> None:
    line, line_url, slack = platforms
    told = {}
    for channel in DOORS:
        line.reset()
        slack.reset()
        async with bench(channel, settings, line, line_url, slack) as one:
            await one.says("どこまでやれば十分ですか")
            (answer,) = (await one.hears(1))[:1]
            told[channel] = answer.text.split("\n出典")[0].strip()
            with_state = rasa.received[-1]["metadata"]
            assert with_state["association"] == "kanazawa-ryokan"
            # each door begins anew here: the conversation is taken away
            await one.app.state.conversations.delete(one.conversation_id)
    assert len(set(told.values())) == 1
