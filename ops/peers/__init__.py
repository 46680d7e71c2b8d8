"""``mamori evaluate --peers``: our pipeline beside stock Rasa and nlp.js, same data, one run."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ops.peers import corpus, trials
from ops.peers.report import markdown
from ops.settings import OperatorSettings


def compare(settings: OperatorSettings, train: Path, test: Path, *, tell: Callable[[str], None]) -> str:
    """Trains and asks every peer in turn; gives the table. ``tell`` hears how far it is."""
    lessons, questions = corpus.read(train), corpus.read(test)
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="mamori-peers-") as folder:
        peers = {
            "stock Rasa 3.6.21 (GiNZA, DIET)": trials.stock_rasa(settings, Path(folder)),
            "nlp.js 4.27.0": trials.nlpjs(settings),
            "ours": trials.ours(settings, Path(folder)),
        }
        found: dict[str, trials.Trial | str] = {}
        for name, peer in peers.items():
            tell(name)
            try:
                found[name] = peer(lessons, questions)
            except trials.PeerMissing as error:
                found[name] = str(error)
    return markdown(lessons, questions, found, load_before)


@contextmanager
def as_files(train: Path, test: Path) -> Iterator[tuple[Path, Path]]:
    """Both as TSVs, which is what `bot.evaluate` reads, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="mamori-evaluate-") as folder:
        yield (
            corpus.write(Path(folder) / "train.tsv", corpus.read(train)),
            corpus.write(Path(folder) / "test.tsv", corpus.read(test)),
        )
