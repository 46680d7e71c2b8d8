"""Whoever writes a record badly is told where, which record, which key and what to do."""

from pathlib import Path

import pytest

from knowledge.documents import Incident
from knowledge.mistakes import ContentError, Mistake
from tests.knowledge.bad_files import MISTAKES
from tests.knowledge.samples import SOURCE, incident, measure, put, read_small


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_is_named_with_its_file_record_and_key(case: str, content_dir: Path) -> None:
    file, body, record, key, sentence = MISTAKES[case]
    put(content_dir, file, body)
    with pytest.raises(ContentError) as caught:
        read_small(content_dir)
    assert any(
        file.startswith(mistake.file)
        and (mistake.record, mistake.key) == (record, key)
        and mistake.sentence.startswith(sentence)
        for mistake in caught.value.mistakes
    ), str(caught.value)


def test_content_without_mistakes_is_read_in_the_order_of_its_files(content_dir: Path) -> None:
    assert [record.id for record in read_small(content_dir).records] == [
        "measure/backup",
        "incident/inc-001",
        "incident/inc-002",
        "playbook/ransomware",
        "contact/police",
        "subsidy/ishikawa-digital",
    ]


def test_all_mistakes_are_told_at_once(content_dir: Path) -> None:
    put(content_dir, "measure/mfa.yml", measure(slug="mfa", title="", sources=[]))
    put(content_dir, "incident/inc-003.yml", incident(slug="inc-003", industry="宿"))
    put(content_dir, "contact/broken.yml", "a: b: c")
    with pytest.raises(ContentError) as caught:
        read_small(content_dir)
    assert [(mistake.file, mistake.key) for mistake in caught.value.mistakes] == [
        ("contact/broken.yml", ""),
        ("incident/inc-003.yml", "industry"),
        ("measure/mfa.yml", "sources"),
        ("measure/mfa.yml", "title"),
    ]


def test_pointing_to_a_broken_record_is_no_second_mistake(content_dir: Path) -> None:
    put(content_dir, "measure/backup.yml", measure(title=""))
    with pytest.raises(ContentError) as caught:
        read_small(content_dir)
    assert {mistake.record for mistake in caught.value.mistakes} == {"measure/backup"}


def test_a_mistake_reads_as_one_line() -> None:
    mistake = Mistake("measure/mfa.yml", "measure/mfa", "plain", "is missing.")
    assert str(mistake) == "measure/mfa.yml: measure/mfa: plain: is missing."


def test_a_mistake_tells_its_line(content_dir: Path) -> None:
    put(content_dir, "measure/mfa.yml", measure(slug="mfa", sources=[{**SOURCE, "url": "ftp://x"}]))
    put(content_dir, "measure/more.yml", [measure(slug="usb", title="USB"), measure(slug="nas", stage="x")])
    with pytest.raises(ContentError) as caught:
        read_small(content_dir)
    lines = {mistake.record: mistake for mistake in caught.value.mistakes}
    for record, key in (("measure/mfa", "url: ftp"), ("measure/nas", "stage: x")):
        mistake = lines[record]
        text = (content_dir / mistake.file).read_text().splitlines()
        assert mistake.line is not None
        assert key in text[mistake.line - 1]
        assert str(mistake).startswith(f"{mistake.file}:{mistake.line}: {record}: ")


def test_words_that_yaml_would_turn_into_something_else_stay_text(content_dir: Path) -> None:
    """``on`` is a key, not true; 2026-02 is a month; 0570 is a telephone number."""
    case = {**incident(slug="inc-003"), "happened": "HAPPENED", "trade": "TRADE", "size_band": "SIZE"}
    put(content_dir, "incident/inc-003.yml", case)
    path = content_dir / "incident/inc-003.yml"
    text = path.read_text().replace("HAPPENED", "2026-02-03").replace("'on':", "on:")
    path.write_text(text.replace("TRADE", "0570").replace("SIZE", "no"))
    record = read_small(content_dir).records[3]
    assert isinstance(record, Incident)
    assert (record.happened, record.trade, record.size_band) == ("2026-02-03", "0570", "no")
