"""The operator's program, as it is typed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from knowledge.settings import ROOT
from ops.settings import OperatorSettings, quiet_environment

GREETINGS = ["こんにちは", "おはようございます", "こんばんは", "はじめまして", "やあ", "どうも"]
QUESTIONS = [
    "補助金はありますか",
    "助成金を知りたい",
    "補助金の締切は",
    "使える補助金",
    "補助金 東京",
    "補助はでますか",
]


def _mamori(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ops.cli", *words],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def _tsv(path: Path, start: int, end: int) -> str:
    rows = [f"{text}\tgreet" for text in GREETINGS[start:end]]
    rows += [f"{text}\task_subsidy" for text in QUESTIONS[start:end]]
    path.write_text("text\tlabel\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return str(path)


def test_the_manual_is_in_japanese() -> None:
    shown = _mamori("--help")
    assert shown.returncode == 0
    assert "立ち上げます" in shown.stdout


def test_the_knowledge_is_without_mistakes() -> None:
    checked = _mamori("knowledge", "validate")
    assert checked.returncode == 0, checked.stderr
    assert "no mistakes" in checked.stdout


def test_the_word_lists_for_rasa_are_current() -> None:
    checked = _mamori("knowledge", "export-nlu", "--check")
    assert checked.returncode == 0, checked.stderr


def test_the_knowledge_can_be_loaded_alone(tmp_path: Path) -> None:
    loaded = _mamori("knowledge", "load", MAMORI_DATA_DIR=str(tmp_path), MAMORI_DATABASE_URL="")
    assert loaded.returncode == 0, loaded.stderr
    assert "measure: 33" in loaded.stdout
    assert (tmp_path / "mamori.db").exists()


def test_the_hints_for_writers_are_current() -> None:
    checked = _mamori("knowledge", "schema", "--check")
    assert checked.returncode == 0, checked.stderr


def test_staff_find_records_by_everyday_words(tmp_path: Path) -> None:
    place = {"MAMORI_DATA_DIR": str(tmp_path), "MAMORI_DATABASE_URL": ""}
    assert _mamori("knowledge", "load", **place).returncode == 0
    found = _mamori("knowledge", "search", "退職した人のIDを消したい", "--kind", "measure", **place)
    assert found.returncode == 0, found.stderr
    assert "measure/insider-threat" in found.stdout
    wrong = _mamori("knowledge", "search", "退職", "--kind", "mesure", **place)
    assert wrong.returncode == 2
    assert "mesure" in wrong.stderr


def test_what_must_be_checked_again_is_listed() -> None:
    listed = _mamori("knowledge", "stale", "--days", "0", MAMORI_NOW="2027-06-01")
    assert listed.returncode == 0, listed.stderr
    lines = [line.split("\t") for line in listed.stdout.splitlines()]
    assert len(lines) > 300
    assert all(len(line) == 3 for line in lines)
    none = _mamori("knowledge", "stale", "--days", "9999", MAMORI_NOW="2027-06-01")
    assert (none.stdout, none.returncode) == ("", 0)


def test_evaluate_prints_how_well_a_corpus_is_understood(tmp_path: Path) -> None:
    train, test = _tsv(tmp_path / "train.tsv", 0, 5), _tsv(tmp_path / "test.tsv", 5, 6)
    printed = _mamori("evaluate", train, test)
    assert printed.returncode == 0, printed.stderr
    figures = dict(line.split() for line in printed.stdout.splitlines() if len(line.split()) == 2)
    assert figures["test"] == "2"
    assert 0 <= float(figures["accuracy"]) <= 1


def test_evaluate_says_which_file_is_missing() -> None:
    refused = _mamori("evaluate", "nowhere.tsv", "nowhere.tsv")
    assert refused.returncode == 2
    assert "nowhere.tsv" in refused.stderr
    assert "Traceback" not in refused.stderr


@pytest.mark.parametrize(("name", "value"), [("NOW", "あした"), ("PORT", "八千")])
def test_a_setting_that_makes_no_sense_is_named(name: str, value: str) -> None:
    refused = _mamori("up", **{f"MAMORI_{name}": value})
    assert refused.returncode == 1
    assert f"MAMORI_{name}:" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_fixed_day_reaches_the_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAMORI_NOW", raising=False)
    assert quiet_environment(OperatorSettings(now="2026-12-01"))["MAMORI_NOW"] == "2026-12-01"
    assert "MAMORI_NOW" not in quiet_environment(OperatorSettings())
