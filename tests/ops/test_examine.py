"""まもり全体の採点が、数えると言ったものを数える."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ops.cli import app
from ops.examine.dialogues import missed
from ops.examine.report import figures, misses
from ops.examine.talk import Heard
from ops.examine.utterances import Answered, read_utterances, stands_on

HEADING = "id\ttext\ttopic\talt_topics\trefs\tentities\tstyle"
ROWS = [
    "U1\tUTMって何？\tterm\tmeasure\tterm/utm|measure/utm-firewall\t\tcasual",
    "U2\t飲食 6人 金沢\tprofile\t\t\tindustry=飲食業/小売業|employees=6|prefecture=石川県\tkeyword",
    "U3\t火災保険の見積もり\tunknown\t\t\t\tpolite",
]
NOBODY = {"industry": None, "employees": None, "prefecture": None}


def heard(*topics: str, refs: list[str] | None = None, text: str = "", **facts: object) -> Heard:
    return Heard(list(topics), refs or [], text, NOBODY | facts)


@pytest.fixture
def answered(tmp_path: Path) -> list[Answered]:
    file = tmp_path / "owners.tsv"
    file.write_text("\n".join([HEADING, *ROWS]), encoding="utf-8")
    answers = [
        heard("measure", refs=["measure/backup"]),
        heard("profile", industry="小売業", employees=60),
        heard("unknown"),
    ]
    return [Answered(row, answer) for row, answer in zip(read_utterances(file), answers, strict=True)]


def test_topics_records_and_facts_are_counted_apart(answered: list[Answered]) -> None:
    term, profile, outside = answered
    assert (term.right, term.strict, term.about) == (True, False, False)
    assert (profile.fact("industry"), profile.fact("employees"), profile.fact("prefecture")) == (
        True,
        False,
        False,
    )
    assert profile.false_facts == ["employees"]
    assert outside.strict
    assert not outside.refused


def test_the_table_names_how_many_of_how_many(answered: list[Answered]) -> None:
    table = figures(answered, [])
    assert "| topic, alternatives counted | 3 | 3 | 1.000 |" in table
    assert "| topic, strict | 2 | 3 | 0.667 |" in table
    assert "| record asked about | 0 | 1 | 0.000 |" in table
    assert "| messages with a false fact | 1 | 3 | 0.333 |" in table
    assert [line.split("\t")[0] for line in misses(answered, [])] == ["U1", "U2"]


def test_a_case_is_judged_by_its_kind_and_a_standard_by_its_name() -> None:
    assert stands_on("case/ceo_fraud", ["incident/inc-008"])
    assert not stands_on("case/ransomware", ["incident/inc-008"])
    assert stands_on("standard/scs", ["scheme/scs-3"])
    assert not stands_on("standard/scs", ["scheme/isms"])


def test_a_turn_must_keep_all_that_was_expected_of_it() -> None:
    expect = {
        "topic": ["level"],
        "must_mention_any": ["50"],
        "must_not_mention": ["15"],
        "profile": {"employees": 50},
    }
    assert missed(expect, heard("level", text="50名の会社", employees=50)) == []
    assert missed(expect, heard("term", text="15名の会社", employees=15)) == [
        "topic",
        "must_mention_any",
        "must_not_mention",
        "profile",
    ]


def test_the_command_is_there() -> None:
    assert CliRunner().invoke(app, ["examine", "--help"]).exit_code == 0
