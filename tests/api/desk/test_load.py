"""Two hundred owners wait at once: the queue opens in a moment, and no case is taken by two."""

import threading
from collections.abc import Callable, Sequence
from statistics import quantiles
from time import perf_counter

import pytest
from sqlalchemy import Engine

from api.desk.cases import Filters
from api.desk.tickets import Tickets
from api.desk.who import Member
from api.errors import TicketTaken
from tests.api.desk.asking import WORDING, Desk
from tests.api.desk.test_tickets import RANSOMED

WAITING = 200
P95_SECONDS = 0.15


@pytest.fixture
def desk(database: Engine, associations: None) -> Desk:
    return Desk(database)


def test_the_queue_of_two_hundred_opens_in_a_moment(desk: Desk, member: Member) -> None:
    for count in range(WAITING):
        urgency = ("normal", "high", "incident")[count % 3]
        state = RANSOMED if urgency == "incident" else {"company": RANSOMED["company"]}
        number = desk.asks(desk.owner(state=state), urgency=urgency)
        desk.tickets.label(member, number, ["折り返し"])
    looks: list[Callable[[], Sequence[object]]] = [
        lambda: desk.tickets.queue(member),
        lambda: desk.tickets.queue(member, Filters(urgency="high")),
        lambda: desk.tickets.standing(member),
    ]
    assert [len(look()) for look in looks] == [WAITING, 67, WAITING]
    for look in looks:
        # whatever else the machine is doing, the best of three tells what the desk itself takes
        took = min(p95_of(look) for _ in range(3))
        print(f"{desk.database.dialect.name}: {took * 1000:.0f} ms")
        assert took <= P95_SECONDS


def p95_of(look: Callable[[], object]) -> float:
    taken = []
    for _ in range(40):
        started = perf_counter()
        look()
        taken.append(perf_counter() - started)
    return quantiles(taken, n=20)[-1]


def test_of_two_who_take_a_case_at_once_one_has_it_and_the_other_is_told(
    desk: Desk, member: Member, manager: Member
) -> None:
    for _ in range(10):
        owner = desk.owner()
        came = taken_at_once(desk, desk.asks(owner), member, manager)
        (winner,) = [name for name, outcome in came.items() if outcome == "has it"]
        assert came == {member.name: winner, manager.name: winner} | {winner: "has it"}
        assert sum("対応します" in text for _, text in desk.lines(owner)) == 1


def taken_at_once(desk: Desk, number: int, *members: Member) -> dict[str, str]:
    """What each of them is told."""
    together, came = threading.Barrier(len(members)), dict[str, str]()

    def takes(who: Member) -> None:
        together.wait()
        try:
            Tickets(desk.database, WORDING).take(who, number)
            came[who.name] = "has it"
        except TicketTaken as taken:
            came[who.name] = str(taken)

    all_ = [threading.Thread(target=takes, args=(who,)) for who in members]
    for one in all_:
        one.start()
    for one in all_:
        one.join()
    return came
