"""What the owner reads, word for word, through the real gateway, Rasa, actions and knowledge.

``ACCEPT_DIALOGUES=1 pytest tests/dialogues`` writes the answers anew; read the difference as an owner would
before committing it.
"""

import pytest

from knowledge.library import Library
from tests.dialogues.files import ACCEPTING, FOLDER, Place, places
from tests.dialogues.owner import Owner
from tests.dialogues.turns import happened
from tests.knowing import TODAY

SITUATIONS = {"基本", "言い直し", "取り消し", "脱線", "否定", "分からない入力", "緊急"}
FEWEST = 80


def test_every_situation_is_shown() -> None:
    assert {file.parent.name for file in FOLDER.glob("*/*.yml")} == SITUATIONS
    assert len(list(places())) >= FEWEST


@pytest.mark.parametrize("place", [place for place in places() if "turns" in place.read()], ids=str)
def test_dialogue(place: Place, owner: Owner, library: Library) -> None:
    dialogue = place.read()
    turns = [happened(turn, owner, library, TODAY) for turn in dialogue["turns"]]
    facts = owner.company()
    assert facts | dialogue.get("company", {}) == facts
    if ACCEPTING:
        place.accept(turns)
        return
    assert turns == dialogue["turns"]
