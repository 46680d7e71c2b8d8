"""Questions that go on with what was told last are answered as short, whole and sourced as any other."""

import pytest

from actions import wording
from knowledge.library import Library
from tests.actions.figures import figures, figures_of
from tests.actions.sides import sides
from tests.actions.test_every_answer import LONGEST, WITHOUT_RECORDS, text_of
from tests.knowing import stocked_library


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(tmp_path_factory.mktemp("knowledge"))


def test_every_side_is_short_whole_sourced_and_traced(library: Library) -> None:
    seen = set()
    for question, answer in sides(library):
        text = text_of(answer)
        assert len(text) <= LONGEST, text
        assert "None" not in text
        assert "\n\n" not in text, text
        assert answer.refs or answer.say in WITHOUT_RECORDS, (answer.say, question.text)
        known = figures_of([*answer.refs, answer.state.company, *answer.calculated.values()])
        assert figures(text) <= known, (question.text, [ref.id for ref in answer.refs], text)
        labels = [choice["label"] for choice in wording.choices(answer.say, wording.filled(answer.values))]
        assert len(set(labels)) == len(labels)
        seen.add(answer.say)
    assert {"measure_free", "measure_why", "measure_when", "measure_who", "subsidy_target"} <= seen
