"""What an association's companies came to is told in tens, and no company can be found in it."""

import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session

from api.conversations.members import ENOUGH, Members
from api.instants import now
from api.tables import MemberFigure, SelfCheck
from tests.api.fake_rasa import FakeRasa
from tests.api.finishing import PARTS, Companies, says
from tests.api.owner import Owner
from tests.api.test_secrets_kept_out import everything_in

RYOKAN = "kanazawa-ryokan"


@pytest.fixture
def companies(database: Engine) -> Companies:
    return Companies(database)


@pytest.fixture
def members(database: Engine) -> Members:
    return Members(database, seconds=0)


def counted(database: Engine) -> set[int]:
    with Session(database) as session:
        return set(session.get_one(MemberFigure, RYOKAN).figure["counted"])


async def test_ten_are_enough_and_nine_are_not(companies: Companies, members: Members) -> None:
    companies.finished(*[40] * 9)
    assert await members.of(RYOKAN) is None
    companies.finished(60)
    # 42 and 13.7 on average
    assert await members.of(RYOKAN) == {"companies": 10, "points": 40, "parts": dict.fromkeys(PARTS, 15)}


async def test_they_are_counted_in_tens(companies: Companies, members: Members) -> None:
    companies.finished(*[40] * 10)
    first = await members.of(RYOKAN)
    for _ in range(9):
        companies.finished(80)
        assert await members.of(RYOKAN) == first
    companies.finished(80)
    assert await members.of(RYOKAN) == {"companies": 20, "points": 60, "parts": dict.fromkeys(PARTS, 20)}


async def test_nineteen_at_once_are_the_first_ten(companies: Companies, members: Members) -> None:
    companies.finished(*[40] * 10, *[80] * 9)
    assert await members.of(RYOKAN) == {"companies": 10, "points": 40, "parts": dict.fromkeys(PARTS, 15)}


async def test_two_associations_are_kept_apart(companies: Companies, members: Members) -> None:
    companies.finished(*[40] * 10)
    companies.finished(*[80] * 9, association="kaga-ryokan")
    assert await members.of("kaga-ryokan") is None
    companies.finished(80, association="kaga-ryokan")
    told = [await members.of(name) for name in (RYOKAN, "kaga-ryokan", "nobody")]
    assert [figure and figure["points"] for figure in told] == [40, 80, None]


async def test_one_company_counts_once_with_its_last_whole_check(
    companies: Companies, members: Members
) -> None:
    often = companies.open()
    for _ in range(30):
        companies.finish(often, 100)
    companies.finished(*[0] * 8)
    assert await members.of(RYOKAN) is None
    companies.finish(often, 50)
    companies.finish(often, 24, most=24, quick=True)
    companies.finished(0)
    assert await members.of(RYOKAN) == {"companies": 10, "points": 5, "parts": dict.fromkeys(PARTS, 0)}


async def test_a_quick_check_is_not_counted(companies: Companies, members: Members) -> None:
    companies.finished(*[40] * 9)
    companies.finish(companies.open(), 20, most=24, quick=True)
    assert await members.of(RYOKAN) is None


async def test_one_of_more_than_a_year_ago_is_not_counted(
    companies: Companies, members: Members, database: Engine
) -> None:
    companies.finished(*[40] * 10)
    for days, told in ((364, True), (366, False)):
        with database.begin() as connection:
            oldest = update(SelfCheck).where(SelfCheck.turn_id == 1)
            connection.execute(oldest.values(finished_at=now() - timedelta(days=days)))
        assert bool(await members.of(RYOKAN)) is told


async def test_who_repeats_the_check_does_not_show(companies: Companies, members: Members) -> None:
    first, *_ = companies.finished(*[0] * 10)
    before = await members.of(RYOKAN)
    companies.finish(first, 100)
    assert await members.of(RYOKAN) == before
    companies.finished(*[0] * 8)
    assert await members.of(RYOKAN) == before
    companies.finished(0)
    # nine new companies and the one that did it again: 19 in all
    assert await members.of(RYOKAN) == {"companies": 19, "points": 5, "parts": dict.fromkeys(PARTS, 0)}


async def test_who_deletes_theirs_does_not_show_and_below_ten_nothing_does(
    companies: Companies, members: Members
) -> None:
    conversations = companies.finished(*[0] * 10)
    assert await members.of(RYOKAN)
    conversations += companies.finished(*[100] * 10)
    before = await members.of(RYOKAN)
    assert before
    for gone in conversations[:10]:
        assert await members.of(RYOKAN) == before
        companies.store.delete(gone)
    assert await members.of(RYOKAN) == before
    companies.store.delete(conversations[10])
    assert await members.of(RYOKAN) is None
    companies.finished(*[100] * 9)
    assert await members.of(RYOKAN) is None
    companies.finished(100)
    assert await members.of(RYOKAN) == {"companies": 19, "points": 100, "parts": dict.fromkeys(PARTS, 35)}


@pytest.mark.parametrize("seed", range(3))
async def test_no_two_figures_ever_differ_by_fewer_than_ten_companies(
    companies: Companies, members: Members, database: Engine, seed: int
) -> None:
    """Whatever happens in whatever order: a figure that changes counts ten results that it did not before."""
    chance = random.Random(seed)
    there: list[str] = []
    seen: list[tuple[Any, set[int]]] = [(None, set())]
    for _ in range(90):
        happens = chance.choices(("finishes", "repeats", "deletes"), (6, 2, 2))[0]
        if happens == "finishes" or len(there) < 3:
            there += companies.finished(chance.randint(-25, 100))
        elif happens == "repeats":
            companies.finish(chance.choice(there), chance.randint(-25, 100))
        else:
            companies.store.delete(there.pop(chance.randrange(len(there))))
        if figure := await members.of(RYOKAN):
            assert figure["companies"] >= ENOUGH
            assert all(points % 5 == 0 for points in (figure["points"], *figure["parts"].values()))
            seen.append((figure, counted(database)))
    assert len({str(figure) for figure, _ in seen}) > 2
    for (before, those), (after, these) in pairwise(seen):
        assert len(these - those) >= ENOUGH or (before, those) == (after, these)


async def test_a_second_gateway_tells_the_same(
    companies: Companies, members: Members, database: Engine
) -> None:
    companies.finished(*[40] * 15)
    told = await members.of(RYOKAN)
    companies.finished(*[80] * 4)
    assert await Members(database, seconds=0).of(RYOKAN) == told


async def test_a_row_that_cannot_be_read_is_left_out(
    companies: Companies, members: Members, database: Engine
) -> None:
    companies.finished(*[40] * 10)
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE self_checks SET result = 'damaged' WHERE turn_id = 3")
    assert await members.of(RYOKAN) is None
    companies.finished(40)
    told = await members.of(RYOKAN)
    assert told
    assert told["companies"] == 10


async def test_results_on_another_scale_are_not_averaged_with_them(
    companies: Companies, members: Members
) -> None:
    for _ in range(5):
        companies.finish(companies.open(), 40, most=200)
        companies.finish(companies.open(), 40, parts={"ほかの分け方": 40})
    companies.finished(*[80] * 9)
    assert await members.of(RYOKAN) is None
    companies.finished(80)
    told = await members.of(RYOKAN)
    assert told
    assert (told["companies"], told["points"]) == (10, 80)


@pytest.fixture
def asked(database: Engine) -> Iterator[list[str]]:
    """The statements that went to the database for members' figures."""
    statements: list[str] = []

    def note(*call: Any) -> None:
        if "member_figures" in call[2]:
            statements.append(call[2])

    event.listen(database, "before_cursor_execute", note)
    yield statements
    event.remove(database, "before_cursor_execute", note)


async def test_most_turns_cost_no_query(companies: Companies, database: Engine, asked: list[str]) -> None:
    seldom = Members(database, seconds=60)
    companies.finished(*[40] * 10)
    told = [await seldom.of(RYOKAN) for _ in range(5)]
    assert told[0]
    assert told == [told[0]] * 5
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 1
    assert await seldom.of("nobody") is None
    assert len([statement for statement in asked if statement.startswith("SELECT")]) == 2


async def test_the_engine_is_told_and_the_asking_company_makes_no_difference(
    owner: Owner, rasa: FakeRasa, database: Engine
) -> None:
    companies = Companies(database)
    await owner.says("まだ少ない")
    companies.finished(*[40] * 10, association="default")
    await owner.says("もう十分")
    rasa.says = {"はい": says(100)}
    await owner.says("はい")
    await owner.says("わたしを入れて")
    told = [body["metadata"]["members"] for body in rasa.received]
    ten = {"companies": 10, "points": 40, "parts": dict.fromkeys(PARTS, 15)}
    assert told == [None, ten, ten, ten]


@pytest.mark.parametrize("kept", ["figure = 'damaged'", "figure = (SELECT result FROM self_checks LIMIT 1)"])
async def test_a_figure_that_cannot_be_read_breaks_no_turn(
    owner: Owner, rasa: FakeRasa, database: Engine, kept: str
) -> None:
    Companies(database).finished(*[40] * 10, association="default")
    await owner.says("はじめ")
    with database.begin() as connection:
        connection.exec_driver_sql(f"UPDATE member_figures SET {kept}")
    (answer,) = await owner.says("つぎの質問")
    assert answer["topic"] == "measure"
    assert [bool(body["metadata"]["members"]) for body in rasa.received] == [True, False]


async def test_the_figure_lies_sealed(companies: Companies, members: Members, database: Engine) -> None:
    companies.finished(*[40] * 10)
    assert await members.of(RYOKAN)
    everything = everything_in(database)
    for said in ("companies", "points", "counted", PARTS[0].encode("unicode-escape").decode(), PARTS[0]):
        assert said not in everything
