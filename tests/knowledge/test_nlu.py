"""What the bot listens for is what the knowledge can answer."""

from pathlib import Path

import yaml
from sqlalchemy import Engine

from knowledge.collection import Content
from knowledge.library import Library
from knowledge.nlu import ENTITIES, lookups, render_lookups
from knowledge.tables import store
from knowledge.vocabulary import places_called
from tests.knowledge.samples import measure, put, read_small


def test_words_are_aliases_titles_and_their_parts_sorted(content_dir: Path) -> None:
    assert lookups(read_small(content_dir))["measure"] == [
        "BU",
        "データの写し",
        "バックアップ",
        "バックアップ(控え)",
        "控え",
    ]


def test_words_of_one_character_and_slugs_are_left_out(content_dir: Path) -> None:
    words = lookups(read_small(content_dir))
    assert words["industry"] == ["医療,福祉", "医療、福祉", "宿泊業", "旅館", "歯医者", "民宿", "農家"]
    assert words["incident_kind"] == ["Emotet", "エモテット", "ランサム", "ランサムウェア", "脅迫文"]


def test_places_that_may_be_elsewhere_are_listed_too_and_asked_about(content_dir: Path) -> None:
    places = lookups(read_small(content_dir))["municipality"]
    assert {"府中市", "東京都府中市", "広島県府中市", "金沢"} <= set(places)


def test_a_part_of_two_titles_is_left_out(content_dir: Path) -> None:
    put(content_dir, "measure/restore.yml", measure(slug="restore", title="復元（控え）"))
    words = lookups(read_small(content_dir))["measure"]
    assert "控え" not in words
    assert "復元" in words


def test_the_files_are_rasa_lookups_that_say_they_are_generated(content_dir: Path) -> None:
    files = render_lookups(read_small(content_dir))
    held = ("measure", "incident_kind", "industry", "prefecture", "municipality", "subsidy", "contact")
    assert set(files) == {f"{entity}.yml" for entity in held}
    assert set(held) < set(ENTITIES)
    text = files["measure.yml"]
    assert text.splitlines()[0].startswith("# Generated")
    assert "`mamori knowledge export-nlu`" in text.splitlines()[0]
    rasa = yaml.safe_load(text)
    assert (rasa["version"], rasa["nlu"][0]["lookup"]) == ("3.1", "measure")
    assert rasa["nlu"][0]["examples"].splitlines()[0] == "- BU"


def test_nothing_that_yaml_would_misread_breaks_a_file(content_dir: Path) -> None:
    put(content_dir, "measure/backup.yml", measure(aliases=["3-2-1: 控え", "#9110", "{写し}"]))
    text = render_lookups(read_small(content_dir))["measure.yml"]
    examples = yaml.safe_load(text)["nlu"][0]["examples"].splitlines()
    assert {"- 3-2-1: 控え", "- #9110", "- {写し}"} <= set(examples)


def test_every_real_word_the_bot_may_spot_has_a_meaning(engine: Engine, real_content: Content) -> None:
    store(engine, real_content)
    library = Library(engine)
    for entity, words in lookups(real_content).items():
        assert words, entity
        unknown = [word for word in words if library.meaning(entity, word) is None]
        assert all(entity == "municipality" and len(places_called(word)) > 1 for word in unknown), unknown
        assert min(map(len, words)) > 1
