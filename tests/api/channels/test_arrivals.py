"""What comes in at a door is kept once, in order, and answered, whatever the platform does."""

import asyncio
import random

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.conversations.happenings import Came, Forgets, Left, Rated, Showed, TookBack
from api.instants import now
from api.settings import GatewaySettings
from api.tables import Caller, Conversation, Delivery, Feedback, Message, Turn
from tests.api.channels.plain_door import Desk, desk, said, whence
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until


def lines(database: Engine, role: str = "user") -> list[str]:
    with Session(database) as session:
        found = session.scalars(select(Message).where(Message.role == role).order_by(Message.sequence))
        return [message.text for message in found]


async def test_a_message_is_answered_where_it_came_from(plain: Desk) -> None:
    message = said("バックアップは")
    await plain.takes(message)
    await plain.answered("お答え：バックアップは")
    (sending,) = plain.door.sent
    assert sending.route == message.route
    assert sending.association == "kanazawa-ryokan"
    assert [choice["label"] for choice in sending.messages[0].choices] == ["もっと詳しく", "ほかの対策"]


async def test_the_owner_sees_that_an_answer_is_coming(plain: Desk, rasa: FakeRasa) -> None:
    rasa.hold()
    message = said("ゆっくり")
    await plain.takes(message)
    await until(lambda: plain.door.thinking == [message.route])
    rasa.release()


async def test_what_is_delivered_three_times_is_answered_once(plain: Desk, database: Engine) -> None:
    message = said("一度だけ")
    await plain.takes(message, message)
    await plain.takes(message)
    await plain.answered("お答え：一度だけ")
    await plain.takes(message)
    await plain.answered("お答え：一度だけ")
    assert lines(database) == ["一度だけ"]


async def test_many_deliveries_of_one_message_at_the_same_moment_are_one(
    plain: Desk, database: Engine
) -> None:
    message = said("同時に")
    await asyncio.gather(*(plain.takes(message) for _ in range(8)))
    await plain.answered("お答え：同時に")
    with Session(database) as session:
        assert len(session.scalars(select(Conversation)).all()) == 1


async def test_messages_that_overtook_each_other_are_answered_in_the_order_they_were_said(
    plain: Desk, rasa: FakeRasa, database: Engine
) -> None:
    rasa.hold()
    await plain.takes(said("はじめ", after=0))
    await until(lambda: rasa.received)
    late = [said(f"{number}番目", after=number) for number in range(1, 7)]
    shuffled = random.Random(7).sample(late, len(late))
    for message in shuffled:
        await plain.takes(message)
    rasa.release()
    in_order = ["はじめ", *(f"{number}番目" for number in range(1, 7))]
    await plain.answered(*(f"お答え：{words}" for words in in_order))
    assert rasa.messages == in_order
    assert lines(database) == in_order
    with Session(database) as session:
        turns = {turn.id: turn for turn in session.scalars(select(Turn))}
        for message in session.scalars(select(Message).where(Message.role == "bot")):
            asked = session.scalars(
                select(Message).where(Message.turn_id == message.turn_id, Message.role == "user")
            ).one()
            assert message.text == f"お答え：{asked.text}"
            assert turns[message.turn_id].status == "done"


async def test_a_message_waits_a_moment_for_one_that_it_overtook(
    settings: GatewaySettings, rasa: FakeRasa
) -> None:
    async with desk(settings, settle_seconds=0.3) as plain:
        await plain.takes(said("ふたつめ", after=1))
        await asyncio.sleep(0.1)
        await plain.takes(said("ひとつめ", after=0))
        await plain.answered("お答え：ひとつめ", "お答え：ふたつめ")
        assert rasa.messages == ["ひとつめ", "ふたつめ"]


async def test_what_comes_late_waits_for_the_turn_that_runs(plain: Desk, rasa: FakeRasa) -> None:
    rasa.hold()
    await plain.takes(said("あとの話", after=5))
    await until(lambda: rasa.received)
    await plain.takes(said("さきの話", after=0))
    await asyncio.sleep(0.3)
    assert rasa.messages == ["あとの話"]
    rasa.release()
    await plain.answered("お答え：あとの話", "お答え：さきの話")


async def test_a_choice_counts_only_where_it_was_offered_and_once(plain: Desk, rasa: FakeRasa) -> None:
    await plain.takes(said("バックアップは"))
    await plain.answered("お答え：バックアップは")
    (choice, _) = plain.door.sent[0].messages[0].choices
    await plain.takes(said(choice=choice["id"], user="よその会社"))
    await until(lambda: len(plain.door.sent) == 2)
    assert "その選択肢は、この相談にはありません" in plain.door.texts[1]
    await plain.takes(said(choice=choice["id"]))
    await until(lambda: len(plain.door.sent) == 3)
    await plain.takes(said(choice=choice["id"]))
    await until(lambda: len(plain.door.sent) == 4)
    assert plain.door.texts[2:] == [
        "お答え：/ask_details",
        "その質問は、もう先へ進んでいます。\nいちばん新しいお返事の選択肢から選ぶか、文章でお書きください。",
    ]
    assert rasa.messages == ["バックアップは", "/ask_details"]


async def test_nothing_said_and_too_much_said_are_told_kindly(plain: Desk, rasa: FakeRasa) -> None:
    await plain.takes(said("　/ "))
    await plain.takes(said("長" * 2_001))
    await until(lambda: len(plain.door.sent) == 2)
    assert plain.door.texts[0].startswith("まだ何も書かれていないようです。")
    assert plain.door.texts[1].startswith("文章が長すぎます。")
    assert rasa.messages == []


async def test_a_slash_is_never_a_command(plain: Desk, rasa: FakeRasa) -> None:
    await plain.takes(said("／ask_subsidy"))
    await until(lambda: plain.door.sent)
    assert rasa.messages == ["ask_subsidy"]


async def test_a_password_is_taken_out_and_warned_of_before_the_answer(plain: Desk, database: Engine) -> None:
    await plain.takes(said("パスワードはKanazawa-9876です"))
    await until(lambda: plain.door.sent)
    notice, answer = plain.door.sent[0].messages
    assert (notice.role, answer.role) == ("system", "bot")
    assert "パスワードと思われる部分は" in notice.text
    assert "Kanazawa-9876" not in str([*lines(database), *plain.door.texts])


async def test_a_picture_gets_a_kind_word(plain: Desk, rasa: FakeRasa) -> None:
    await plain.takes(Showed("k1", whence(), now(), {"token": "t"}, what="sticker"))
    await until(lambda: plain.door.sent)
    assert "写真やスタンプなどは、まだ読み取れません" in plain.door.texts[0]
    assert rasa.messages == []


async def test_who_comes_is_greeted_and_who_left_is_sent_nothing(
    plain: Desk, rasa: FakeRasa, database: Engine
) -> None:
    await plain.takes(Came("k1", whence(), now(), {"token": "t"}))
    await until(lambda: plain.door.sent)
    assert "情報セキュリティ相談の「まもり」です" in plain.door.texts[0]
    assert len(plain.door.sent[0].messages[0].choices) == 4
    rasa.hold()
    await plain.takes(said("質問してすぐ、ブロック"))
    await until(lambda: rasa.received)
    await plain.takes(Left("k2", whence(), now(), {}))
    rasa.release()
    await until(lambda: lines(database, "bot")[1:])
    with Session(database) as session:
        (blocked,) = session.scalars(select(Delivery).where(Delivery.status == "dead")).all()
        assert blocked.error == "Blocked"
    await plain.takes(Came("k3", whence(), now(), {"token": "t"}), said("戻りました", after=9))
    await until(lambda: len(plain.door.sent) == 3)


async def test_what_the_greeting_offers_can_be_picked(plain: Desk, rasa: FakeRasa) -> None:
    await plain.takes(Came("k1", whence(), now(), {"token": "t"}))
    await until(lambda: plain.door.sent)
    choice = plain.door.sent[0].messages[0].choices[0]
    await plain.takes(said(choice=choice["id"]))
    await until(lambda: rasa.messages == ["/ask_level"])


async def test_a_message_taken_back_is_deleted_and_not_answered(
    plain: Desk, rasa: FakeRasa, database: Engine
) -> None:
    rasa.hold()
    await plain.takes(said("ひとつめ", source="m1"))
    await until(lambda: rasa.received)
    await plain.takes(said("秘密の話", after=1, source="m2"))
    await plain.takes(TookBack("k", whence(), now(), {}, source="m2"))
    rasa.release()
    await plain.answered("お答え：ひとつめ")
    await plain.takes(TookBack("k9", whence(), now(), {}, source="m1"))
    assert lines(database) == ["（取り消されました）", "（取り消されました）"]
    assert rasa.messages == ["ひとつめ"]


async def test_a_thumb_is_kept(plain: Desk, database: Engine) -> None:
    await plain.takes(said("バックアップは"))
    await plain.answered("お答え：バックアップは")
    message_id = plain.door.sent[0].messages[0].id
    await plain.takes(
        Rated("k1", whence(), now(), {}, message_id=message_id, rating="down", comment="難しい")
    )
    await plain.takes(Rated("k2", whence("よそ"), now(), {}, message_id=message_id))
    with Session(database) as session:
        (feedback,) = session.scalars(select(Feedback)).all()
        assert (feedback.rating, feedback.comment) == ("down", "難しい")


async def test_everything_is_forgotten_at_the_door_itself(plain: Desk, database: Engine) -> None:
    await plain.takes(said("12人の旅館です"))
    await until(lambda: plain.door.sent)
    await plain.takes(Forgets("k1", whence(), now(), {"token": "t"}))
    await until(lambda: len(plain.door.sent) == 2)
    assert plain.door.texts[1].startswith("これまでの記録を、すべて消しました。")
    assert lines(database) == []
    with Session(database) as session:
        assert len(session.scalars(select(Conversation)).all()) == 1
        assert len(session.scalars(select(Caller)).all()) == 1


async def test_who_writes_too_fast_is_told_once_and_then_left_alone(
    settings: GatewaySettings, rasa: FakeRasa
) -> None:
    async with desk(settings, rate_limit=3) as plain:
        for number in range(6):
            await plain.takes(said(f"{number}", after=number))
        await plain.takes(said("ほかの人", user="別の会社", after=9))
        await until(lambda: len(plain.door.sent) == 5)
        assert sum("短い時間にたくさん届いています" in text for text in plain.door.texts) == 1
        assert sorted(rasa.messages) == ["0", "1", "2", "ほかの人"]


async def test_what_is_delivered_again_does_not_count_as_too_fast(
    settings: GatewaySettings, rasa: FakeRasa
) -> None:
    async with desk(settings, rate_limit=3) as plain:
        first = said("いち", after=0)
        for _ in range(6):
            await plain.takes(first)
        await plain.takes(said("に", after=1))
        await plain.takes(said("さん", after=2))
        await plain.answered("お答え：いち", "お答え：に", "お答え：さん")


async def test_a_conversation_stays_one_over_days_and_belongs_to_one_person(
    plain: Desk, database: Engine
) -> None:
    await plain.takes(said("今日"), said("ほかの人", user="別の会社"), said("明日", after=90_000))
    await until(lambda: len(plain.door.sent) == 3)
    with Session(database) as session:
        states = sorted(conversation.state["turns"] for conversation in session.scalars(select(Conversation)))
        assert states == [1, 2]
