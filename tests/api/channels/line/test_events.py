"""What can happen on LINE, and what comes of it."""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from api.settings import GatewaySettings
from api.tables import Caller, Conversation, Message, Turn
from ops.rehearsal import line_events as happen
from ops.rehearsal.line import LineStandIn
from tests.api.channels.line.phone import USER, Phone, phone, quick_replies, somebody
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.gateway import until

GROUP = "C" + "0" * 32


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """What is translated is the same whatever it is kept in."""
    return f"sqlite:///{tmp_path / 'mamori.db'}"


def mention(index: int, length: int, **who: Any) -> dict[str, Any]:
    return {"mentionees": [{"index": index, "length": length, "type": "user", "isSelf": True, **who}]}


def in_group(owner: Phone, words: str, user: str | None = USER, **more: Any) -> dict[str, Any]:
    return happen.words(words, happen.group(GROUP, user), owner.line.token_for(GROUP), **more)


def count(database: Engine, table: Any) -> int:
    with Session(database) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


async def settled(owner: Phone) -> None:
    """Whatever came before has been dealt with when this is answered."""
    before = len(owner.line.sent)
    await owner.says("これで最後", somebody())
    await until(lambda: any("これで最後" in t for t in owner.line.texts()[before:]))


async def test_who_adds_the_account_is_greeted(owner: Phone, database: Engine) -> None:
    await owner.does(happen.followed(happen.person(USER), owner.line.token_for(USER)))
    greeting = await owner.gets()
    assert greeting[0]["text"].startswith("こんにちは。情報セキュリティ相談の「まもり」です。")
    assert "5分で診断する" in [action["label"] for action in quick_replies(greeting[-1])]


async def test_who_blocks_the_account_is_sent_nothing_until_they_come_back(
    owner: Phone, database: Engine
) -> None:
    await owner.says("こんにちは")
    await owner.gets()
    await owner.does(happen.event("unfollow", happen.person(USER)))
    conversation = owner.app.state.people
    with Session(database) as session:
        conversation_id = session.scalar(select(Conversation.id))
    conversation.write(conversation_id, "担当の山田です。", "山田")
    await settled(owner)
    assert not any("山田です" in one for one in owner.line.texts())
    await owner.does(happen.followed(happen.person(USER), owner.line.token_for(USER)))
    await until(lambda: any("こんにちは。情報" in one for one in owner.line.texts(USER)))


async def test_who_writes_has_not_blocked_us_whatever_was_delivered_last(owner: Phone) -> None:
    await owner.says("こんにちは")
    await owner.gets()
    await owner.does(happen.event("unfollow", happen.person(USER), at=time.time() - 3600))
    await owner.says("まだいます")
    await owner.gets(2)
    assert owner.line.texts(USER)[1].startswith("お答え：まだいます")


@pytest.mark.parametrize("kind", ["image", "video", "audio", "file", "location", "sticker"])
async def test_what_cannot_be_read_gets_a_kind_answer(owner: Phone, kind: str) -> None:
    await owner.does(happen.shown(kind, happen.person(USER), owner.line.token_for(USER)))
    assert (await owner.gets())[0]["text"].startswith(
        "ありがとうございます。写真やスタンプなどは、まだ読み取れません。"
    )


async def test_a_flood_of_stickers_is_answered_as_often_as_words_would_be(
    on_phone_settings: GatewaySettings, line: LineStandIn
) -> None:
    async with phone(on_phone_settings.model_copy(update={"rate_limit": 3}), line) as one:
        for _ in range(8):
            await one.does(happen.shown("sticker", happen.person(USER), line.token_for(USER)))
        await one.gets(4)
        await asyncio.sleep(0.3)
        texts = line.texts(USER)
        assert ["読み取れません" in text for text in texts] == [True, True, True, False]
        assert texts[3].startswith("短い時間にたくさん届いています。")


async def test_in_a_group_only_what_is_said_to_us_is_heard(
    owner: Phone, rasa: FakeRasa, database: Engine
) -> None:
    await owner.does(
        in_group(owner, "来週の忘年会どうする"),
        in_group(owner, "@山田 頼む", mention=mention(0, 3, isSelf=False)),
    )
    await owner.does(happen.shown("image", happen.group(GROUP, USER), owner.line.token_for(GROUP)))
    await settled(owner)
    assert owner.line.texts(GROUP) == []
    assert count(database, Caller) == 1
    asked = in_group(owner, "😀@まもり 補助金はありますか", mention=mention(2, 4))
    await owner.does(asked)
    await until(lambda: owner.line.texts(GROUP) != [])
    assert rasa.messages[-1] == "😀 補助金はありますか"
    assert owner.line.loading == [(owner.line.sent[0].to, 40)]


async def test_called_without_a_question_it_says_what_to_do(owner: Phone) -> None:
    await owner.does(in_group(owner, "@まもり", mention=mention(0, 4)))
    assert "まだ何も書かれていないようです" in (await owner.gets())[0]["text"]


async def test_what_is_said_in_private_stays_out_of_the_group(owner: Phone, database: Engine) -> None:
    await owner.says("うちは旅館です")
    await owner.does(in_group(owner, "@まもり 教えて", mention=mention(0, 4)))
    await owner.does(in_group(owner, "@まもり 私にも", user=somebody(), mention=mention(0, 4)))
    await owner.gets(3)
    assert count(database, Conversation) == 3


async def test_a_group_that_takes_us_in_learns_how_to_call_us(owner: Phone) -> None:
    await owner.does(happen.event("join", happen.group(GROUP), replyToken=owner.line.token_for(GROUP)))
    assert "呼ばれたときだけお答えします。" in (await owner.gets())[0]["text"]


async def test_a_room_is_treated_as_a_group(owner: Phone) -> None:
    room = {"type": "room", "roomId": "R" + "1" * 32, "userId": USER}
    await owner.does(happen.words("聞いてない", room, owner.line.token_for(room["roomId"])))
    asked = happen.words("@まもり はい", room, owner.line.token_for(room["roomId"]), mention=mention(0, 4))
    await owner.does(asked)
    await owner.gets()
    assert owner.line.texts(room["roomId"])[0].startswith("お答え：はい")


async def test_what_is_taken_back_before_the_answer_is_not_answered(
    owner: Phone, rasa: FakeRasa, database: Engine
) -> None:
    rasa.hold()
    await owner.does(
        owner.words("先の質問"), owner.words("給与の一覧を送ってしまった", id="501", at=_later())
    )
    await owner.does(happen.event("unsend", happen.person(USER), unsend={"messageId": "501"}))
    rasa.release()
    await settled(owner)
    assert not any("給与" in one for one in [*owner.line.texts(), *rasa.messages])
    with Session(database) as session:
        assert "（取り消されました）" in session.scalars(select(Message.text)).all()


async def test_what_is_taken_back_after_the_answer_is_deleted(owner: Phone, database: Engine) -> None:
    await owner.does(owner.words("口座番号のこと", id="502"))
    await owner.gets()
    await owner.does(happen.event("unsend", happen.person(USER), unsend={"messageId": "502"}))
    with Session(database) as session:
        texts = session.scalars(select(Message.text).where(Message.role == "user")).all()
    assert texts == ["（取り消されました）"]


async def test_everything_is_deleted_after_a_yes(owner: Phone, rasa: FakeRasa, database: Engine) -> None:
    rasa.says["何を覚えていますか"] = [text("覚えているのは次のことです。"), custom("privacy")]
    await owner.says("何を覚えていますか")
    (forget,) = quick_replies((await owner.gets())[-1])
    await owner.does(owner.presses(forget["data"]))
    (asked,) = await owner.gets(2)
    agree, decline = asked["template"]["actions"]
    await owner.does(owner.presses(decline["data"]))
    assert (await owner.gets(3))[0]["text"] == "記録は消さずに、そのままにしました。"
    assert count(database, Turn) == 1
    await owner.does(owner.presses(agree["data"]))
    assert "すべて消しました" in (await owner.gets(4))[0]["text"]
    assert count(database, Turn) == 0


@pytest.mark.parametrize("action", ["assessment", "cases", "subsidy", "emergency", "human"])
async def test_the_menu_is_heard_as_words(owner: Phone, rasa: FakeRasa, action: str) -> None:
    await owner.does(owner.presses(f"menu:{action}"))
    await owner.gets()
    assert rasa.messages == [owner.door.wording.said_by(action)]


async def test_the_emergency_field_works_in_the_middle_of_anything(owner: Phone, rasa: FakeRasa) -> None:
    await owner.says("診断したい")
    await owner.gets()
    await owner.does(owner.presses("menu:emergency"))
    await owner.gets(2)
    assert rasa.messages[-1].startswith("被害にあったかもしれません")


async def test_events_nobody_knows_do_not_break_those_beside_them(owner: Phone, rasa: FakeRasa) -> None:
    strange: list[Any] = [
        {"type": "teleport", "timestamp": 1, "source": happen.person(USER), "mode": "active"},
        {"type": "message", "timestamp": "soon"},
        {"type": "message", "timestamp": 10**30, "source": happen.person(USER), "message": {"type": "text"}},
        {"type": "message", "timestamp": 1, "source": {"type": "user", "userId": "U\u0000\ud800"}},
        {"type": "postback", "timestamp": 1, "source": happen.person(USER)},
        None,
        [],
        "event",
        {},
        {**owner.words("別の仕組みが話している"), "mode": "standby"},
    ]
    words = {
        **owner.words("読めますか"),
        "message": {"id": "1", "type": "text", "text": "読めますか"},
        "new": 1,
    }
    body = json.dumps({"destination": "U", "events": [*strange[:4], words, *strange[4:]]}).encode()
    assert (await owner.delivers(body=body)).status_code == 200
    await owner.gets()
    assert rasa.messages == ["読めますか"]


async def test_a_message_of_a_new_kind_gets_a_kind_answer(owner: Phone) -> None:
    hologram = owner.words("x") | {"message": {"id": "9", "type": "hologram"}}
    await owner.does(hologram)
    assert "まだ読み取れません" in (await owner.gets())[0]["text"]


async def test_events_shuffled_on_their_way_are_answered_in_order(owner: Phone, rasa: FakeRasa) -> None:
    rasa.hold()
    await owner.says("はじめ")
    await until(lambda: rasa.messages == ["はじめ"])
    events = [owner.words(f"{n}番目", at=_later(n)) for n in range(1, 6)]
    for event in (events[3], events[0], events[4], events[2], events[1]):
        await owner.does(event)
    rasa.release()
    await owner.gets(6)
    assert rasa.messages == ["はじめ", *(f"{n}番目" for n in range(1, 6))]


async def test_a_long_or_broken_text_is_answered_in_words(owner: Phone) -> None:
    await owner.says("あ" * 5_000)
    assert "2,000文字以内に分けて" in (await owner.gets())[0]["text"]
    event = owner.words("x")
    event["message"]["text"] = "半分の絵文字\ud83d"
    body = json.dumps({"destination": "U", "events": [event]}).encode()
    assert (await owner.delivers(body=body)).status_code == 200
    assert (await owner.gets(2))[0]["text"].startswith("お答え：半分の絵文字")


def _later(seconds: float = 1) -> float:
    return time.time() + seconds
