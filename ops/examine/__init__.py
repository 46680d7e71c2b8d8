"""``mamori examine``: labelled messages and dialogues put to the whole advisor as an owner would."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from ops import training
from ops.bench.stack import Stack
from ops.examine.dialogues import Played, play, read_dialogues
from ops.examine.talk import Door
from ops.examine.utterances import Answered, ask, read_utterances
from ops.settings import OperatorSettings


def run(
    settings: OperatorSettings, utterances: Sequence[Path], dialogues: Sequence[Path]
) -> tuple[list[Answered], list[Played]]:
    """Every utterance in a conversation of its own and every dialogue in one, on a stack of its own.

    Both lists are in the order of the files. The stack's folder is removed afterwards.
    """
    model = training.train(settings)
    with tempfile.TemporaryDirectory(prefix="mamori-examine-") as folder:
        stack = Stack(Path(folder) / "data", model.parent)
        with stack.running(), Door(stack.gateway_url) as door:
            answered = [ask(door, row) for file in utterances for row in read_utterances(file)]
            played = [play(door, one) for file in dialogues for one in read_dialogues(file)]
    return answered, played
