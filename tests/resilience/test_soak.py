"""A short soak: three doors at once, in disorder, the engine killed twice; `mamori soak` is the long one."""

import pytest
from sqlalchemy import Engine

from ops import soak
from ops.settings import OperatorSettings
from ops.soak.deliveries import in_disorder
from ops.soak.report import markdown
from ops.soak.script import EACH, events
from ops.soak.soaking import Plan
from ops.soak.verdict import Told, Verdict
from tests.conftest import scratch_database

SHORT = Plan(messages=120, owners=12, kills=2)


@pytest.mark.parametrize("database", ["sqlite", "postgres"])
def test_nothing_is_lost_doubled_or_out_of_order(database: str, request: pytest.FixtureRequest) -> None:
    if database == "sqlite":
        came_to = soak.run(OperatorSettings(), SHORT)
    else:
        server: Engine = request.getfixturevalue("postgres")
        with scratch_database(server) as url:
            came_to = soak.run(OperatorSettings(), SHORT, database=url)
    print(markdown(came_to))
    assert came_to.kills == 2
    assert came_to.is_good, markdown(came_to)


def test_a_soak_says_everything_in_order_and_delivers_it_in_disorder() -> None:
    said = events(100, 2_000)
    assert len(said) == 2_000
    for owner in range(100):
        assert [event.number for event in said if event.owner == owner] == list(range(EACH))
    delivered = in_disorder(said, seed=1)
    assert set(delivered) == set(said)
    assert {delivered.count(event) for event in said[:300]} == {1, 2, 3}
    first = list(dict.fromkeys(delivered))
    assert first != list(said)


@pytest.mark.parametrize(
    ("found", "wrong"),
    [
        (Told(["a", "b"], [["A"], ["B"]]), "nothing"),
        (Told(["a"], [["A"]]), "lost"),
        (Told(["a", "b", "b"], [["A"], ["B"], ["B"]]), "doubled"),
        (Told(["b", "a"], [["B"], ["A"]]), "out_of_order"),
        (Told(["a", "b"], [["A"], ["B", "B"]]), "other_answers"),
        (Told(["a", "b"], [["A"], []]), "other_answers"),
    ],
)
def test_what_goes_wrong_is_seen(found: Told, wrong: str) -> None:
    verdict = Verdict()
    verdict.weigh(Told(["a", "b"], [["A"], ["B"]]), found)
    assert verdict.is_good == (wrong == "nothing")
    assert wrong == "nothing" or getattr(verdict, wrong) == 1
