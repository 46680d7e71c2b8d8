"""How the public API is asked: politely, patiently, and never for more than we are willing to read."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from ops.jgrants.client import Client, Manners
from ops.jgrants.trouble import Answered, NotReached, TooLarge
from tests.ops.fake_jgrants import MEGABYTE, FakeJgrants

HURRIED = Manners(connect=2, read=0.5, whole=5, pauses=(0.01, 0.02), apart=0)


@pytest.fixture
def jgrants(running: FakeJgrants, monkeypatch: pytest.MonkeyPatch) -> FakeJgrants:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    running.reset()
    return running


@pytest.fixture
async def client(jgrants: FakeJgrants) -> AsyncIterator[Client]:
    async with Client(jgrants.base, HURRIED) as client:
        yield client


def test_it_is_polite_unless_told_otherwise() -> None:
    usual = Manners()
    assert (usual.connect, usual.read, usual.at_once, usual.apart) == (10, 30, 3, 0.15)
    assert len(usual.pauses) == 2
    assert usual.largest == 40 * MEGABYTE


@pytest.mark.parametrize("keyword", ["D", "IT 導入", "IT　導入"])
async def test_a_word_the_api_cannot_search_for_is_never_sent(
    client: Client, jgrants: FakeJgrants, keyword: str
) -> None:
    with pytest.raises(ValueError, match=keyword):
        await client.search(keyword)
    assert not jgrants.asked


async def test_a_search_gives_ids_and_areas(client: Client, jgrants: FakeJgrants) -> None:
    id_ = jgrants.add("DX補助金", round_={"target_area_search": "石川県 / 近畿地方"})
    jgrants.add("ものづくり補助金", subsidy_catch_phrase="", detail="")
    assert [(one.id, one.areas) for one in await client.search("ＤＸ")] == [(id_, ("石川県", "近畿地方"))]


async def test_no_more_than_three_are_asked_at_once(client: Client, jgrants: FakeJgrants) -> None:
    jgrants.delay = 0.05
    await asyncio.gather(*(client.search(f"語{number}") for number in range(12)))
    assert jgrants.most_at_once == 3
    assert jgrants.asked.total() == 12


async def test_requests_start_a_while_apart(jgrants: FakeJgrants) -> None:
    async with Client(jgrants.base, replace(HURRIED, apart=0.05)) as client:
        began = time.monotonic()
        await asyncio.gather(*(client.search(f"語{number}") for number in range(8)))
    assert jgrants.starts[-1] - began >= 7 * 0.05


@pytest.mark.parametrize("trouble", [429, 500, 503, "slow"])
async def test_what_may_pass_is_tried_three_times_with_growing_pauses(
    jgrants: FakeJgrants, trouble: int | str
) -> None:
    jgrants.trouble["DX"] = [trouble]
    async with Client(jgrants.base, replace(HURRIED, pauses=(0.1, 0.3))) as client:
        with pytest.raises(NotReached if trouble == "slow" else Answered):
            await client.search("DX")
    first, second, third = jgrants.starts
    assert second - first >= 0.1
    assert third - second >= 0.3


async def test_an_answer_that_trickles_is_given_up(jgrants: FakeJgrants) -> None:
    jgrants.delay = 0.2
    async with Client(jgrants.base, replace(HURRIED, whole=0.1, pauses=())) as client:
        with pytest.raises(NotReached):
            await client.search("DX")


@pytest.mark.parametrize(("trouble", "most"), [("declared", 20), ("endless", 120)])
async def test_a_huge_answer_is_refused_without_reading_it_whole(
    jgrants: FakeJgrants, trouble: str, most: int
) -> None:
    jgrants.trouble["DX"] = [trouble]
    async with Client(jgrants.base, replace(HURRIED, read=5)) as client:
        with pytest.raises(TooLarge):
            await client.search("DX")
    assert jgrants.asked["DX"] == 1
    assert len(jgrants.megabytes_sent) < most


async def test_another_scheme_than_the_one_asked_for_is_refused(client: Client, jgrants: FakeJgrants) -> None:
    first, second = jgrants.add("DX補助金"), jgrants.add("IT補助金")
    assert (await client.detail(first)).title == "DX補助金"
    jgrants.schemes[second]["id"] = first
    with pytest.raises(RuntimeError, match="got another"):
        await client.detail(second)


async def test_a_scheme_that_is_gone_is_told_so(client: Client, jgrants: FakeJgrants) -> None:
    with pytest.raises(Answered) as refusal:
        await client.detail("a0WJ200000NOWHERE")
    assert refusal.value.status == 404
    assert jgrants.asked == {"v2/a0WJ200000NOWHERE": 1, "v1/a0WJ200000NOWHERE": 1}
