"""What owners (and others) type: everything is answered or refused kindly, nothing is executed."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.conversations.text import for_engine, spoken
from api.errors import NothingSaid
from tests.api.fake_rasa import FakeRasa
from tests.api.owner import Owner


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """What both databases must bear is asked of both in test_conversation."""
    return f"sqlite:///{tmp_path / 'mamori.db'}"


TEN_SPACES = "\u0020\u0009\u000a\u00a0\u2003\u2009\u202f\u205f\u3000\u2028"
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u0000\u0007\u3164\u2800\ufe0f"
SAID = {
    "絵文字だけ": "🙏😭",
    "顔文字": "(´；ω；｀)",
    "顔文字と括弧": "あつつ( ̄^ ̄)ゞ",
    "数字だけ": "12",
    "全角数字": "１２",
    "波線": "ええぞ〜〜〜",
    "期間": "2016.9 - 2017.2",
    "HTML": '<script>alert(1)</script><b onclick="x">太字</b>',
    "二千文字": "あ" * 2000,
    "テンプレート": "{{7*7}} ${x} {text}",
    "SQL": "'; DROP TABLE messages; --",
}
COMMANDS = {
    "/restart": "restart",
    '／inform{"employees":"9"}': 'inform{"employees":"9"}',
    " /greet": "greet",
    "\u200b/greet": "greet",
    "/greet@0.99{}": "greet@0.99{}",
    "@/restart": "restart",
    "//restart": "restart",
    "/ /restart": "restart",
    "／\u200b／@ /restart": "restart",
    "\u202e\u3000/session_start": "session_start",
}


@pytest.mark.parametrize("text", SAID.values(), ids=SAID.keys())
async def test_odd_but_readable_words_are_passed_on_and_kept_as_typed(
    owner: Owner, rasa: FakeRasa, text: str
) -> None:
    await owner.says(text)
    assert len(rasa.received) == 1
    assert (await owner.reads())[1]["text"] == text


@pytest.mark.parametrize(("typed", "read"), COMMANDS.items())
async def test_a_command_is_only_words_to_the_engine(
    owner: Owner, rasa: FakeRasa, typed: str, read: str
) -> None:
    await owner.says(typed)
    assert rasa.messages == [read]


NOTHING = ["", TEN_SPACES, INVISIBLE, INVISIBLE + TEN_SPACES, "/", " ／ ", "@／", "\n\n"]


@pytest.mark.parametrize("text", NOTHING)
async def test_nothing_visible_is_kindly_asked_again(owner: Owner, rasa: FakeRasa, text: str) -> None:
    refused = await owner.posts(text=text)
    assert refused.status_code == 422
    assert refused.json()["title"] == "まだ何も書かれていないようです"
    assert rasa.received == []
    assert len(await owner.reads()) == 1


@pytest.mark.parametrize("length", [2_001, 10_000])
async def test_too_long_a_text_is_refused(owner: Owner, length: int) -> None:
    refused = await owner.posts(text="あ" * length)
    assert refused.status_code == 422
    assert "2,000文字" in refused.json()["detail"]


async def test_invisible_characters_are_dropped_and_lines_kept(owner: Owner, rasa: FakeRasa) -> None:
    await owner.says("旅\u200b館\u202eです\x07\r\n12人\x00です")
    assert (await owner.reads())[1]["text"] == "旅館です\n12人です"
    assert rasa.messages == ["旅館です\n12人です"]


async def test_the_transcript_keeps_wide_letters_the_engine_gets_plain_ones(
    owner: Owner, rasa: FakeRasa
) -> None:
    await owner.says("ＵＴＭとﾌｧｲｱｳｫｰﾙ、１５人")
    assert (await owner.reads())[1]["text"] == "ＵＴＭとﾌｧｲｱｳｫｰﾙ、１５人"
    assert rasa.messages == ["UTMとファイアウォール、15人"]


async def test_half_a_character_does_not_break_the_conversation(owner: Owner, rasa: FakeRasa) -> None:
    headers = owner.key | {"Content-Type": "application/json"}
    body = b'{"text": "\\ud800\xe5\x9b\xb0\xe3\x81\xa3\xe3\x81\x9f"}'
    answer = await owner.client.post(f"{owner.path}/messages", content=body, headers=headers)
    assert answer.status_code == 200
    assert rasa.messages == ["\ufffd困った"]


async def test_the_engine_reads_no_more_than_a_thousand_characters(owner: Owner, rasa: FakeRasa) -> None:
    await owner.says("﷽" * 2_000)
    assert len(rasa.messages[0]) <= 1_000


@settings(deadline=None)
@given(st.text())
def test_whatever_is_typed_never_reaches_the_engine_as_a_command(text: str) -> None:
    read = for_engine(text)
    assert not read.lstrip("@ \u3000").startswith(("/", "／"))
    assert for_engine(read) == read


@settings(deadline=None)
@given(st.text(max_size=2_000))
def test_kept_words_are_fit_for_every_database(text: str) -> None:
    try:
        kept = spoken(text)
    except NothingSaid:
        return
    assert "\x00" not in kept
    kept.encode()
