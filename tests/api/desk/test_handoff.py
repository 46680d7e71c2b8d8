"""An owner who asks for a person gets one, is told what to expect, and finds back: at every door."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import httpx2
import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api.conversations.inbox import Inbox
from api.desk.tables import Ticket
from api.desk.who import Member
from api.instants import now
from api.settings import GatewaySettings
from api.tables import Conversation, Turn
from tests.api.channels.plain_door import Desk as Gateway
from tests.api.channels.plain_door import said
from tests.api.desk.asking import NEVER, Desk
from tests.api.desk.handing import PERSON, YES, both_doors, hands_over, member_of_ours, opens
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.gateway import until


@pytest.fixture
async def running(settings: GatewaySettings) -> AsyncIterator[tuple[Gateway, httpx2.AsyncClient]]:
    async with both_doors(settings) as doors:
        yield doors


@pytest.fixture
def plain(running: tuple[Gateway, httpx2.AsyncClient]) -> Gateway:
    return running[0]


@pytest.fixture
def client(running: tuple[Gateway, httpx2.AsyncClient]) -> httpx2.AsyncClient:
    return running[1]


@pytest.fixture
def desk(database: Engine, associations: None) -> Desk:
    return Desk(database)


def cases(database: Engine) -> list[Ticket]:
    with Session(database) as session:
        return list(session.scalars(select(Ticket).order_by(Ticket.id)))


async def test_without_a_desk_everything_stays_as_it_is(
    client: httpx2.AsyncClient, database: Engine, rasa: FakeRasa
) -> None:
    hands_over(rasa)
    owner = await opens(client)
    answer = (await owner.posts(text=PERSON)).json()
    assert (answer["mode"], [message["text"] for message in answer["messages"]]) == ("bot", [YES])
    assert cases(database) == []
    assert rasa.received[0]["metadata"]["desk"]["there"] is False


async def test_the_engine_is_told_of_the_desk(client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa) -> None:
    owner = await opens(client)
    await owner.says("こんにちは")
    told = rasa.received[0]["metadata"]["desk"]
    assert told == {"there": True, "open": True, "opens": None, "minutes": 60}


async def test_on_the_website_the_case_comes_with_the_answer(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, member: Member
) -> None:
    hands_over(rasa)
    owner = await opens(client)
    answer = (await owner.posts(text=PERSON, client_message_id="1")).json()
    assert answer["mode"] == "waiting"
    assert [message["role"] for message in answer["messages"]] == ["bot", "system"]
    assert "1時間" in answer["messages"][1]["text"] or "見込み" in answer["messages"][1]["text"]
    again = (await owner.posts(text=PERSON, client_message_id="1")).json()
    assert again["messages"] == answer["messages"]
    (line,) = desk.tickets.queue(member)
    assert (line.reason, line.channel, line.status) == ("asked", "web", "waiting")
    assert (await owner.says("待つあいだの質問"))[0]["text"] == "お答え：待つあいだの質問"


async def test_at_a_door_that_is_sent_to_all_comes_in_one_delivery(
    plain: Gateway, desk: Desk, rasa: FakeRasa, member: Member
) -> None:
    hands_over(rasa)
    await plain.takes(said(PERSON, whence=member_of_ours()))
    await until(lambda: plain.door.sent)
    (sending,) = plain.door.sent
    assert [message.role for message in sending.messages] == ["bot", "system"]
    assert sending.route
    (line,) = desk.tickets.queue(member)
    desk_tickets = plain.app.state.tickets
    desk_tickets.write(member, line.id, "鈴木です。承ります。")
    await until(lambda: len(plain.door.texts) == 4)
    assert "担当者の鈴木が対応します" in plain.door.texts[2]
    await plain.takes(said("聞こえますか", whence=member_of_ours(), after=1))
    await plain.takes(said("自動応答に戻して", whence=member_of_ours(), after=2))
    await until(lambda: len(plain.door.texts) == 5)
    assert "自動応答に戻りました" in plain.door.texts[4]
    assert plain.door.sent[-1].route
    await plain.takes(said("つぎの質問", whence=member_of_ours(), after=3))
    await until(lambda: plain.door.texts[-1] == "お答え：つぎの質問")
    assert rasa.messages == [PERSON, "つぎの質問"]
    assert [one.status for one in desk.tickets.queue(member)] == ["returned"]


@pytest.mark.parametrize("words", ["自動応答に戻る", "ボットに戻してください", "取り次ぎはもういいです"])
async def test_who_waits_finds_back_with_words(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, member: Member, words: str
) -> None:
    hands_over(rasa)
    owner = await opens(client)
    await owner.says(PERSON)
    answer = (await owner.posts(text=words)).json()
    assert answer["mode"] == "bot"
    assert "自動応答に戻りました" in answer["messages"][0]["text"]
    assert [line.status for line in desk.tickets.queue(member)] == ["returned"]
    assert rasa.messages == [PERSON]


async def test_who_waits_and_asks_how_long_is_told(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, member: Member
) -> None:
    hands_over(rasa)
    owner = await opens(client)
    await owner.says(PERSON)
    (again,) = await owner.says("まだですか")
    assert again["role"] == "system"
    assert "すでに受け付けています（受付番号" in again["text"]
    assert [line.status for line in desk.tickets.queue(member)] == ["waiting"]


async def test_asking_again_opens_no_second_case_but_raises_it(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, database: Engine
) -> None:
    hands_over(rasa)
    owner = await opens(client)
    await owner.says(PERSON)
    assert "すでに受け付けています" in (await owner.says(PERSON))[1]["text"]
    hands_over(rasa, "incident", "incident")
    assert "急ぎで担当者に伝えました" in (await owner.says(PERSON))[1]["text"]
    (case,) = cases(database)
    assert (case.reason, case.urgency) == ("incident", "incident")
    assert case.due_at is not None
    assert case.due_at <= now() + timedelta(minutes=15)


async def test_a_returned_case_waits_again_and_is_due_again(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, member: Member, database: Engine
) -> None:
    hands_over(rasa)
    owner = await opens(client)
    await owner.says(PERSON)
    number = cases(database)[0].id
    desk.tickets.write(member, number, "はい")
    desk.tickets.hand_back(member, number)
    assert (await owner.posts(text=PERSON)).json()["mode"] == "waiting"
    (case,) = cases(database)
    assert (case.status, case.round, case.answered_at) == ("waiting", 2, None)
    assert case.due_at is not None


async def test_a_closed_desk_says_when_it_opens_and_keeps_a_call_back_note(
    client: httpx2.AsyncClient,
    desk: Desk,
    rasa: FakeRasa,
    member: Member,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # a Sunday; the Monday after is Coming of Age Day
    monkeypatch.setenv("MAMORI_NOW", "2027-01-10T10:00:00+09:00")
    desk.arrange(NEVER.model_copy(update={"hours": desk.OFFICE}))
    hands_over(rasa)
    owner = await opens(client)
    _, line = await owner.says(PERSON)
    assert "1月12日（火）9:00から" in line["text"]
    assert (await owner.says("バックアップは？"))[0]["text"] == "お答え：バックアップは?"
    (kept,) = await owner.says("山田です。０９０－１２３４－５６７８、明日の朝に")
    assert "折り返し" in kept["text"]
    (one,) = desk.tickets.queue(member)
    assert one.has_callback
    assert (
        desk.tickets.open_one(member, one.id).callback == "山田です。０９０－１２３４－５６７８、明日の朝に"
    )
    assert rasa.messages == [PERSON, "バックアップは?"]


async def test_an_incident_out_of_hours_names_the_police_at_once(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa
) -> None:
    desk.arrange(NEVER)
    hands_over(rasa, "incident", "incident")
    _, line = await (await opens(client)).says(PERSON)
    assert "#9110" in line["text"]
    assert "受付時間の外" in line["text"]


async def test_a_person_can_be_had_while_the_engine_is_down(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, member: Member
) -> None:
    rasa.trouble = 500
    owner = await opens(client)
    (apology,) = await owner.says("急いでいます")
    assert apology["topic"] == "unavailable"
    (button,) = [choice for choice in apology["choices"] if choice["label"] == "人に代わって"]
    answer = (await owner.posts(choice=button["id"])).json()
    assert answer["mode"] == "waiting"
    assert "受け付けました" in answer["messages"][0]["text"]
    (line,) = desk.tickets.queue(member)
    assert line.reason == "failed"


async def test_the_wish_itself_is_heard_while_the_engine_is_down(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, database: Engine
) -> None:
    hands_over(rasa)
    rasa.trouble = "silent"
    owner = await opens(client)
    await owner.says("担当者に代わってください")
    await owner.reads_until("受付番号")
    rasa.trouble = None
    await asyncio.sleep(0.5)
    assert len(cases(database)) == 1


async def test_a_gateway_killed_between_question_and_case_opens_it_once(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, database: Engine
) -> None:
    """What a dead process had claimed is taken over by another; the first, come back, saves nothing."""
    hands_over(rasa, words="たのみます")
    rasa.hold()
    owner = await opens(client)
    asking = asyncio.create_task(owner.posts(text="たのみます"))
    await until(lambda: rasa.received)
    with Session(database) as session, session.begin():
        session.execute(update(Turn).values(lease_until=now() - timedelta(seconds=1)))
    taken_over = Inbox(database, 60).claim()
    assert taken_over is not None
    rasa.release()
    await asking
    assert cases(database) == []
    with Session(database) as session, session.begin():
        session.execute(update(Turn).values(lease_until=now() - timedelta(seconds=1)))
    await owner.reads_until("受付番号")
    assert len(cases(database)) == 1


async def test_how_it_was_is_said_once_by_button_or_digit(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, member: Member, database: Engine
) -> None:
    hands_over(rasa)
    by_digit, by_button = await opens(client), await opens(client)
    for owner in (by_digit, by_button):
        await owner.says(PERSON)
    for case in cases(database):
        desk.tickets.write(member, case.id, "承りました。")
        desk.tickets.close(member, case.id, "solved")
    assert "ありがとうございます" in (await by_digit.says("４"))[0]["text"]
    question = (await by_button.reads())[-1]
    assert [choice["label"][0] for choice in question["choices"]] == ["5", "4", "3", "2", "1"]
    await by_button.says("つぎの質問")
    # the advisor has offered something since: a digit picks from that
    assert (await by_button.says("2"))[0]["text"] == "お答え：2"
    assert "ありがとうございます" in (await by_button.chooses(question["choices"][0]))[0]["text"]
    assert (await by_button.posts(choice=question["choices"][1]["id"])).status_code == 409
    assert [case.score for case in cases(database)] == [4, 5]
    assert desk.tickets.scores(member) == {1: 0, 2: 0, 3: 0, 4: 1, 5: 1}
    assert (await by_digit.says("5"))[0]["text"] == "お答え：5"


async def test_after_a_week_a_digit_is_a_digit(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, member: Member, database: Engine
) -> None:
    hands_over(rasa)
    owner = await opens(client)
    await owner.says(PERSON)
    (case,) = cases(database)
    desk.tickets.write(member, case.id, "はい")
    desk.tickets.close(member, case.id, "solved")
    question = (await owner.reads())[-1]
    with Session(database) as session, session.begin():
        session.execute(update(Ticket).values(score_asked_at=now() - timedelta(days=8)))
    assert (await owner.posts(choice=question["choices"][0]["id"])).status_code == 409
    assert (await owner.says("5"))[0]["text"] == "お答え：5"


async def test_too_many_cases_from_one_address_are_refused_kindly(
    settings: GatewaySettings, desk: Desk, rasa: FakeRasa, database: Engine
) -> None:
    hands_over(rasa)
    async with both_doors(settings, rate_limit=1_000, ticket_limit=2) as (_, client):
        answers = [(await (await opens(client)).posts(text=PERSON)).json() for _ in range(3)]
        assert [answer["mode"] for answer in answers] == ["waiting", "waiting", "bot"]
        assert "1時間ほどおいて" in answers[2]["messages"][1]["text"]
    assert len(cases(database)) == 2


async def test_one_caller_opens_only_so_many_an_hour(
    settings: GatewaySettings, desk: Desk, rasa: FakeRasa, member: Member, database: Engine
) -> None:
    hands_over(rasa)
    async with both_doors(settings, rate_limit=1_000, ticket_limit=2) as (plain, _):
        for count in range(3):
            await plain.takes(said(PERSON, whence=member_of_ours(), after=count))
            await until(partial(_came, plain, count + 1))
            for case in cases(database):
                if case.closed_at is None:
                    desk.tickets.close(member, case.id, "other")
    assert len(cases(database)) == 2


def _came(plain: Gateway, times: int) -> bool:
    return plain.door.texts.count(YES) == times


async def test_a_person_who_takes_over_silences_the_answer_under_way(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, member: Member, database: Engine
) -> None:
    owner = await opens(client)
    rasa.hold()
    asking = asyncio.create_task(owner.posts(text="質問です"))
    await until(lambda: rasa.received)
    desk.tickets.step_in(member, owner.id)
    rasa.release()
    answer = (await asking).json()
    assert answer["mode"] == "human"
    await asyncio.sleep(0.3)
    assert not any("お答え：" in message["text"] for message in await owner.reads())
    with Session(database) as session:
        assert session.get_one(Conversation, owner.id).state == {}


async def test_the_case_goes_along_to_another_door(
    settings: GatewaySettings, desk: Desk, rasa: FakeRasa, member: Member, database: Engine
) -> None:
    hands_over(rasa)
    async with both_doors(settings) as (plain, client):
        owner = await opens(client)
        await owner.says(PERSON)
        first = cases(database)[0].id
        desk.tickets.write(member, first, "鈴木です。")
        code = (await client.post(f"{owner.path}/link", headers=owner.key)).json()["code"]
        await plain.takes(said(code, whence=member_of_ours()))
        await until(lambda: plain.door.texts)
        assert "受付番号 2" in plain.door.texts[0]
        desk_tickets = plain.app.state.tickets
        desk_tickets.write(member, 2, "こちらでも承ります。")
        await until(lambda: "こちらでも承ります。" in plain.door.texts)
        assert (await owner.posts(text="ここは？")).json()["mode"] == "bot"
    (line,) = desk.tickets.queue(member)
    assert (line.id, line.channel, line.status) == (2, "line", "taken")
    assert [past.id for past in desk.tickets.open_one(member, 2).past] == [first]


async def test_in_an_incident_even_a_plain_wish_is_urgent(
    client: httpx2.AsyncClient, desk: Desk, rasa: FakeRasa, database: Engine
) -> None:
    hands_over(rasa)
    owner = await opens(client)
    rasa.says["やられました"] = [text("落ち着いて"), custom("incident_response", state=HAPPENING)]
    await owner.says("やられました")
    rasa.trouble = 500
    (apology,) = await owner.says("画面が赤い")
    await owner.chooses(apology["choices"][-1])
    (case,) = cases(database)
    assert (case.reason, case.urgency) == ("incident", "incident")


HAPPENING = {"emergency": {"playbook": "playbook/ransomware"}}
