"""What the console makes of words, times and figures, without any page."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest

from api.channels.line.wording import LineWording, read_line_wording
from api.desk.arrangement import Arrangement, Span
from api.desk.console import arranging, placeholders, showing, snoozing
from api.desk.console.arranging import FieldsWrong
from api.desk.console.previews import preview
from api.desk.console.reasons import of_delivery, of_question
from api.desk.console.sourced import found
from api.instants import now
from api.settings import GatewaySettings
from knowledge.documents import KINDS, Record
from knowledge.library import Library
from tests.knowing import stocked_library

SENDER, ASSOCIATION = "鈴木（金沢市旅館組合）", "金沢市旅館組合"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return stocked_library(Path(tmp_path_factory.mktemp("knowledge")))


@pytest.fixture(scope="module")
def wording() -> LineWording:
    return read_line_wording(GatewaySettings(_env_file=None).responses_dir)


def test_what_is_known_goes_into_the_gaps_of_a_canned_reply() -> None:
    text = "{会社}の件、{担当者}が承ります（受付番号 {受付番号}）。{団体}"
    values = {"会社": "旅館のお客さま", "担当者": "鈴木", "団体": "金沢市旅館組合", "受付番号": "12"}
    told = "旅館のお客さまの件、鈴木が承ります（受付番号 12）。金沢市旅館組合"
    assert placeholders.filled(text, values) == told


def test_what_is_not_known_stays_to_be_seen_before_it_is_sent() -> None:
    text = placeholders.filled("{会社}さま、{担当者}です。", {"会社": "", "担当者": "鈴木"})
    assert text == "{会社}さま、鈴木です。"
    assert placeholders.left_in(text) == ["会社"]


def test_a_gap_nobody_can_fill_is_named() -> None:
    assert placeholders.unknown_in("{会社} {電話} {電話}") == ["電話"]
    assert placeholders.unknown_in('{"key": 1}') == []


def test_a_case_number_is_read_as_people_type_it() -> None:
    typed = ("12", "１２", " No.12 ", "No. 12", "12番", "", "-1", "1" * 10)
    assert [placeholders.number(text) for text in typed] == [12, 12, 12, 12, None, None, None, None]


def test_on_line_the_preview_counts_as_line_does_and_shows_the_name_line_shows(wording: LineWording) -> None:
    shown = preview("line", "承知しました。" + "𠮷" * 10, SENDER, ASSOCIATION, wording)
    assert shown.sender == "鈴木（金沢市旅館組合）"
    assert shown.pieces == ["承知しました。" + "𠮷" * 10]
    assert shown.said.startswith("27文字（1通 5,000文字、5通まで）・1通で届きます。")


def test_in_slack_the_preview_shows_what_is_read_and_no_mention_calls_anybody(wording: LineWording) -> None:
    shown = preview("slack", "<!here> A&B <https://x.jp|ここ>", SENDER, ASSOCIATION, wording)
    assert shown.pieces == ["<!here> A&B <https://x.jp|ここ>"]
    assert "そのままの文字" in shown.said
    assert len(preview("slack", "あ。" * 1_900, SENDER, ASSOCIATION, wording).pieces) == 2


def test_on_the_website_the_preview_is_one_answer_under_the_persons_name(wording: LineWording) -> None:
    shown = preview("web", "  こんにちは。\n", SENDER, ASSOCIATION, wording)
    assert (shown.pieces, shown.sender) == (["こんにちは。"], f"担当者　{SENDER}")
    assert preview("web", "  ", SENDER, ASSOCIATION, wording).pieces == []


def test_a_search_gives_words_to_send_that_end_with_source_and_date(library: Library) -> None:
    first = found(library, "バックアップ")[0]
    assert "バックアップ" in first.title
    assert first.text.splitlines()[-1] == first.source
    assert first.source.startswith("出典：")
    assert "／確認 " in first.source


def test_nothing_is_found_for_nothing(library: Library) -> None:
    assert found(library, "  ") == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_record_can_be_told(library: Library, kind: str) -> None:
    from api.desk.console.sourced import KIND_NAMES, sourced  # noqa: PLC0415

    records: list[Record] = list(library.every(KINDS[kind]))
    told = [sourced(record) for record in records]
    assert all(one.words and one.source.startswith("出典：") for one in told)
    assert all("None" not in one.text for one in told)
    assert kind in KIND_NAMES


def test_every_reason_says_what_to_do_next() -> None:
    assert "ブロック" in of_delivery("Blocked")
    assert "使い切りました" in of_delivery("Quota")
    assert of_delivery("channel_not_found") == of_delivery(None)
    assert of_question("EngineTooSlow") != of_question("whatever") == of_question(None)


@pytest.mark.parametrize(
    ("minutes", "told"),
    [(-1, "0分"), (59, "59分"), (60, "1時間0分"), (1_439, "23時間59分"), (1_500, "1日1時間")],
)
def test_a_wait_is_told_as_people_tell_it(minutes: int, told: str) -> None:
    assert showing.lasting(minutes) == told


def test_a_time_of_another_day_names_the_day() -> None:
    assert ":" in showing.clock(now())
    assert "月" not in showing.clock(now())
    assert showing.clock(datetime(2020, 1, 2, 3, 4, tzinfo=UTC)) == "2020年1月2日 12:04"
    assert showing.clock(None) == ""


@pytest.mark.parametrize("choice", snoozing.SNOOZES)
def test_whatever_is_put_aside_comes_back_within_eight_days(choice: str) -> None:
    moment = snoozing.until(choice)
    assert moment is not None
    assert now() < moment <= now() + timedelta(days=8)
    assert snoozing.until("sometime") is None


def test_an_arrangement_is_read_back_as_it_was_written() -> None:
    hours = {
        "mon": [Span(opens=time(9), closes=time(12)), Span(opens=time(13), closes=time(0))],
        "sat": [Span(opens=time(10), closes=time(15, 30))],
    }
    known = Arrangement.model_validate(
        {
            "hours": hours,
            "closing_days": [date(2026, 12, 29)],
            "emails": ["a@example.jp"],
            "slack_url": "https://hooks.example.jp/x",
            "retention_days": 400,
        }
    )
    fields = arranging.written(known)
    assert fields["hours_mon"] == "9:00-12:00、13:00-24:00"
    assert fields["slack_url"] == ""
    assert arranging.read(fields, known) == known


def test_hours_are_read_as_people_write_them() -> None:
    fields = arranging.written(Arrangement()) | {
        "hours_mon": "９：００〜１２：００，13:00～17:00",
        "hours_tue": "",
    }
    read = arranging.read(fields, Arrangement())
    assert [(span.opens.hour, span.closes.hour) for span in read.hours["mon"]] == [(9, 12), (13, 17)]
    assert "tue" not in read.hours


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("hours_mon", "9時から"),
        ("hours_mon", "17:00-9:00"),
        ("hours_mon", "9:00-13:00、12:00-17:00"),
        ("hours_mon", "25:00-26:00"),
        ("closing_days", "12/29"),
        ("normal", "たくさん"),
        ("incident", "0"),
        ("stated_minutes", "-5"),
        ("emails", "どこか"),
        ("slack_url", "http://hooks.example.jp/x"),
        ("retention_days", "99999"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, value: str) -> None:
    with pytest.raises(FieldsWrong) as wrong:
        arranging.read(arranging.written(Arrangement()) | {field: value}, Arrangement())
    assert list(wrong.value.wrongs) == [field]
    assert not any(letter in wrong.value.wrongs[field] for letter in ("Input", "should", "Value error"))


def test_a_webhook_stays_unless_it_is_turned_off() -> None:
    known = Arrangement(slack_url="https://hooks.example.jp/x")
    fields = arranging.written(known)
    assert arranging.read(fields, known).slack_url == known.slack_url
    assert arranging.read(fields | {"slack_off": "1"}, known).slack_url == ""
    assert arranging.read(fields | {"slack_url": "https://b.jp/y"}, known).slack_url == "https://b.jp/y"
