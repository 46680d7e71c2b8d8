"""A new measure is one YAML file and a retraining: then 「◯◯って何？」 is understood and answered."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from advisor import term
from advisor.exchange import Question
from advisor.state import State
from knowledge.database import Base, connect
from knowledge.library import Library
from knowledge.loading import CONTENT_DIR, load, read
from knowledge.nlu import render_lookups
from knowledge.settings import ROOT
from ops import training
from ops.settings import RASA_PYTHON, OperatorSettings, quiet_environment
from tests.knowing import TODAY

ASKED = "ふくろうロックって何？"


@pytest.fixture(scope="module")
def content_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's content with one more measure."""
    folder = tmp_path_factory.mktemp("more") / "content"
    shutil.copytree(CONTENT_DIR, folder)
    measure = yaml.safe_load((folder / "measure" / "physical-access.yml").read_text(encoding="utf-8"))
    new = {"slug": "owl-lock", "title": "ふくろうロック", "aliases": ["ふくろうじょう"], "adoption": None}
    text = yaml.safe_dump(measure | new, allow_unicode=True, sort_keys=False)
    (folder / "measure" / "owl-lock.yml").write_text(text, encoding="utf-8")
    return folder


def test_a_new_measure_is_understood_and_explained(content_dir: Path, tmp_path: Path) -> None:
    understood = _understood(_trained(content_dir, tmp_path), tmp_path)
    assert understood["intent"] in ("ask_term", "ask_measure")
    assert {"entity": "measure", "value": "ふくろうロック"}.items() <= understood["entities"][0].items()
    question = Question(
        text=ASKED,
        intent=understood["intent"],
        entities={"measure": [understood["entities"][0]["value"]]},
        state=State(),
        today=TODAY,
    )
    answer = term.explain(question, _library(content_dir, tmp_path))
    assert [ref.id for ref in answer.refs] == ["measure/owl-lock"]


def _trained(content_dir: Path, tmp_path: Path) -> Path:
    """A model trained on the word lists of that content."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    for name, text in render_lookups(read(content_dir)).items():
        (data / "nlu" / "lookups" / name).write_text(text, encoding="utf-8")
    settings = OperatorSettings(data_dir=tmp_path / "var")
    training.rasa(
        settings,
        *("train", "nlu", "--config", "config.yml", "--nlu", str(data / "nlu")),
        *("--out", str(tmp_path), "--fixed-model-name", "more"),
    )
    return tmp_path / "more.tar.gz"


def _understood(model: Path, tmp_path: Path) -> dict[str, Any]:
    utterances = tmp_path / "asked.tsv"
    utterances.write_text(f"text\tintent\n{ASKED}\task_term\n", encoding="utf-8")
    command = [RASA_PYTHON, "-W", "ignore", "-m", "bot.evaluate", "--json"]
    output = subprocess.run(
        [*command, "--model", model, "--utterances", utterances],
        cwd=ROOT,
        env=quiet_environment(OperatorSettings()),
        capture_output=True,
        text=True,
        check=True,
    )
    (line,) = [line for line in output.stdout.splitlines() if line.startswith("{")]
    found: dict[str, Any] = json.loads(line)
    return found


def _library(content_dir: Path, tmp_path: Path) -> Library:
    engine = connect(f"sqlite:///{tmp_path / 'more.db'}")
    Base.metadata.create_all(engine)
    load(engine, content_dir)
    return Library(engine)
