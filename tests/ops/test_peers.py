"""``mamori evaluate --peers`` counts what it says, and says so when a peer can't be tried."""

import json
from pathlib import Path

import pytest

from ops.peers import corpus, trials
from ops.peers.corpus import Labelled
from ops.peers.report import accuracy, macro_f1, markdown
from ops.peers.trials import Trial
from ops.settings import OperatorSettings

TEST = [
    Labelled("補助金ある？", "ask_subsidy", frozenset({"ask_subsidy_procedure"})),
    Labelled("締切は", "ask_subsidy"),
    Labelled("控えの取り方", "ask_measure"),
    Labelled("明日の天気", "ask_outside"),
]
GUESSES = ["ask_subsidy_procedure", "ask_subsidy", "ask_measure", "ask_measure"]


def test_a_label_that_is_right_as_well_counts_only_beside_the_strict_figure() -> None:
    assert accuracy(TEST, GUESSES) == 0.5
    assert accuracy(TEST, GUESSES, alternatives=True) == 0.75


def test_f1_is_the_mean_over_the_labels_asked_about() -> None:
    # subsidy: 2·1/(2+1), measure: 2·1/(1+2), outside: 0
    assert macro_f1(TEST, GUESSES) == pytest.approx((2 / 3 + 2 / 3 + 0) / 3)


def test_every_peer_is_set_beside_the_first_and_a_missing_one_says_why() -> None:
    tried = {
        "stock": Trial(60.0, 30_000_000, GUESSES, [20.0] * 4),
        "absent": "node and npm are not installed",
        "ours": Trial(10.0, 5_000_000, [one.label for one in TEST], [2.0] * 4),
    }
    table = markdown(TEST, TEST, tried, 0.1)
    assert "| stock | .500 | .750 | .444 | 20.0 / 20.0 ms | 50 | 1.00× | 60 s | 30.0 MB |" in table
    assert "| ours | 1.000 | 1.000 | 1.000 | 2.0 / 2.0 ms | 500 | 10.00× | 10 s | 5.0 MB |" in table
    assert "| absent | node and npm are not installed |" in table
    assert len({line.count("|") for line in table.splitlines() if line.startswith("|")}) == 1


def test_messages_are_read_from_rasas_examples_and_from_a_folder_of_tables(tmp_path: Path) -> None:
    (tmp_path / "nlu").mkdir()
    (tmp_path / "nlu" / "subsidy.yml").write_text(
        "version: '3.1'\nnlu:\n- intent: ask_subsidy\n  examples: |\n    - 補助金ある？\n    - 助成は\n"
    )
    (tmp_path / "subsidy.tsv").write_text(
        "text\tintent\talt_intents\tstyle\n締切は\task_subsidy\task_term|ask_level\tcasual\n"
    )
    assert corpus.read(tmp_path / "nlu") == [
        Labelled("補助金ある？", "ask_subsidy"),
        Labelled("助成は", "ask_subsidy"),
    ]
    (asked,) = corpus.read(tmp_path)
    assert asked == Labelled("締切は", "ask_subsidy", frozenset({"ask_term", "ask_level"}))


def test_without_node_the_peer_is_missing_and_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(trials.PeerMissing, match="node and npm"):
        trials.nlpjs(OperatorSettings(data_dir=tmp_path))(TEST, TEST)


def test_our_own_pipeline_is_trained_from_scratch_and_asked(tmp_path: Path) -> None:
    lessons = [
        *(Labelled(text, "ask_subsidy") for text in ("補助金ある？", "使える助成金は", "補助金の締切")),
        *(Labelled(text, "ask_measure") for text in ("控えの取り方", "パスワードの決め方", "VPNの設定")),
    ]
    tried = trials.ours(OperatorSettings(data_dir=tmp_path), tmp_path)(lessons, lessons)
    assert tried.guesses == [one.label for one in lessons]
    assert len(tried.milliseconds) == len(lessons)
    assert 0 < tried.model_bytes < 20_000_000


def test_the_versions_of_the_other_house_are_locked_without_an_address() -> None:
    lock = json.loads((trials.NLPJS / "package-lock.json").read_text(encoding="utf-8"))
    wanted = json.loads((trials.NLPJS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    packages = {name: each for name, each in lock["packages"].items() if name}
    assert all(each["integrity"] and "resolved" not in each for each in packages.values())
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted
