"""The few sentences the gateway says by itself."""

import pytest
import yaml

from api.replies import Reply
from api.responses import read_wording
from knowledge.settings import ROOT

WORDING = read_wording(ROOT / "data" / "responses")
SAID = {
    "挨拶": WORDING.greeting,
    "お詫び": WORDING.unavailable,
    "最後のお詫び": WORDING.unavailable_final,
}


@pytest.mark.parametrize("reply", SAID.values(), ids=SAID.keys())
def test_it_is_short_and_calm(reply: Reply) -> None:
    assert len(reply.text) <= 300
    assert "\n\n" not in reply.text
    assert not set("!！?？") & set(reply.text)
    assert len(reply.buttons) <= 4
    assert all(len(button.label) <= 12 for button in reply.buttons)


def test_an_apology_is_of_its_own_topic_and_names_somebody_to_call() -> None:
    for reply in (WORDING.unavailable, WORDING.unavailable_final):
        assert reply.custom.topic == "unavailable"
        assert "#9110" in reply.text


def test_the_number_to_call_is_the_one_the_knowledge_has() -> None:
    file = ROOT / "knowledge" / "content" / "contact" / "police-9110.yml"
    known = yaml.safe_load(file.read_text(encoding="utf-8"))
    (source,) = known["sources"]
    for reply in (WORDING.unavailable, WORDING.unavailable_final):
        (ref,) = reply.custom.refs
        assert ref.id == "contact/police-9110"
        assert ref.title == known["title"]
        assert (ref.source_title, ref.source_url) == (source["title"], source["url"])
        assert (ref.source_date, ref.checked_on) == (source["published"], str(source["checked_on"]))
