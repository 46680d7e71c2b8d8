"""Each peer trained and asked in a process of its own, with nothing but files between us."""

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.settings import ROOT
from ops.peers.corpus import Labelled, write
from ops.settings import RASA_PYTHON, OperatorSettings, quiet_environment

HERE = Path(__file__).parent
NLPJS = HERE / "nlpjs"


class PeerMissing(Exception):
    """A peer that can't be tried here; the message says why."""


@dataclass(frozen=True)
class Trial:
    """The first guess and the milliseconds of each message; seconds of training; bytes of the model."""

    train_seconds: float
    model_bytes: int
    guesses: list[str]
    milliseconds: list[float]


Peer = Callable[[list[Labelled], list[Labelled]], Trial]


def ours(settings: OperatorSettings, folder: Path) -> Peer:
    """The whole of config.yml, entities from all the knowledge's words included."""
    lookups = ("--lookups", str(ROOT / "data" / "nlu" / "lookups"))
    return _rasa(settings, folder, ROOT / "config.yml", *lookups)


def stock_rasa(settings: OperatorSettings, folder: Path) -> Peer:
    """Rasa's own components with GiNZA and DIET."""
    return _rasa(settings, folder, HERE / "stock.yml")


def nlpjs(settings: OperatorSettings) -> Peer:
    """nlp.js, installed into the data dir when it isn't there yet."""

    def tried(train: list[Labelled], test: list[Labelled]) -> Trial:
        home = _installed(settings.data_dir / "peers" / "nlpjs")
        given = {
            "train": [[message.text, message.label] for message in train],
            "test": [message.text for message in test],
        }
        return _said(["node", "--max-old-space-size=4096", "try.js"], home, given=json.dumps(given))

    return tried


def _rasa(settings: OperatorSettings, folder: Path, config: Path, *options: str) -> Peer:
    def tried(train: list[Labelled], test: list[Labelled]) -> Trial:
        files = (write(folder / "train.tsv", train), write(folder / "test.tsv", test))
        command = [str(RASA_PYTHON), "-W", "ignore", "-m", "bot.trial", str(config), *map(str, files)]
        return _said([*command, *options], ROOT, environment=quiet_environment(settings))

    return tried


def _installed(home: Path) -> Path:
    """The locked packages, their own install scripts not run.

    Raises:
        PeerMissing: there is no node or npm, or the packages can't be fetched.
    """
    if not (shutil.which("node") and shutil.which("npm")):
        raise PeerMissing("node and npm are not installed")
    shutil.copytree(NLPJS, home, dirs_exist_ok=True)
    if not (home / "node_modules").exists():
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        if subprocess.run(command, cwd=home, check=False, stdout=subprocess.DEVNULL).returncode:  # noqa: S603
            raise PeerMissing("its packages can't be installed here")
    return home


def _said(
    command: list[str], home: Path, *, given: str | None = None, environment: dict[str, str] | None = None
) -> Trial:
    """What a peer printed last.

    Raises:
        PeerMissing: it ended with an error; its own words are on the terminal.
    """
    done = subprocess.run(  # noqa: S603
        command, cwd=home, input=given, env=environment, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise PeerMissing(f"ended with {done.returncode}")
    return Trial(**json.loads(done.stdout.splitlines()[-1]))
