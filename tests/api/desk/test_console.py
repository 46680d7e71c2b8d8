"""The console's pages and forms, as staff use them without a script in their browser."""

import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from api.conversations import transcript
from api.desk.canned import Canned
from api.desk.tables import TicketNote
from api.desk.who import Member
from api.instants import now
from knowledge.loading import load
from tests.api.desk.cases import ANSWER, conversation_of, lines, mode, opened, ticket
from tests.api.desk.entering import OURS, THEIRS, Seat, hired
from tests.api.desk.looking import deeds, hidden

Seats = Callable[[Member | None], Seat]


async def test_the_queue_shows_the_most_urgent_first_with_a_word_for_it(
    seat: Seats, member: Member, database: Engine
) -> None:
    calm, live = opened(database), opened(database, urgency="incident", reason="incident")
    page = (await seat(member).get("/desk")).text
    assert page.index(f"No.{live}<") < page.index(f"No.{calm}<")
    assert '<span class="urgency urgency-incident">被害</span>' in page
    assert "待っている方 2件" in page
    assert f'data-newest-incident="{live}"' in page


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("open", {"mine", "waiting", "late", "aside"}),
        ("mine", {"mine"}),
        ("waiting", {"waiting", "late"}),
        ("taken", {"mine"}),
        ("overdue", {"late"}),
        ("snoozed", {"aside"}),
        ("closed", {"over"}),
        ("nonsense", {"mine", "waiting", "late", "aside"}),
    ],
)
async def test_each_view_shows_its_cases(
    seat: Seats, member: Member, database: Engine, view: str, shown: set[str]
) -> None:
    at = now()
    cases = {
        "mine": opened(database, status="taken", assignee_id=member.id),
        "waiting": opened(database),
        "late": opened(database, due_at=at.replace(year=2020)),
        "aside": opened(database, status="snoozed", snoozed_until=at.replace(year=at.year + 1)),
        "over": opened(database, status="closed", closed_at=at, close_reason="solved"),
    }
    page = (await seat(member).get("/desk", params={"view": view})).text
    assert {name for name, id_ in cases.items() if f'id="case-{id_}"' in page} == shown


async def test_the_queue_is_narrowed_by_door_and_label(seat: Seats, member: Member, database: Engine) -> None:
    by_line, labelled = opened(database, channel="line"), opened(database, labels=["補助金"])
    at = seat(member)
    assert f'id="case-{labelled}"' not in (page := (await at.get("/desk?channel=line")).text)
    assert f'id="case-{by_line}"' in page
    assert f'id="case-{by_line}"' not in (page := (await at.get("/desk?label=補助金")).text)
    assert f'id="case-{labelled}"' in page


async def test_the_queue_tells_no_number_no_mail_and_no_words_but_the_summary(
    seat: Seats, member: Member, database: Engine
) -> None:
    id_ = opened(database, callback="山田 090-1234-5678 午後", status="waiting")
    with database.begin() as connection:
        transcript.add_notice(connection, conversation_of(database, id_), "yamada@example.jp に送って")
    page = (await seat(member).get("/desk")).text
    assert "折り返し希望" in page
    assert "090-1234" not in page
    assert "yamada" not in page


async def test_a_case_is_shown_whole_and_its_reading_written_down(
    seat: Seats, member: Member, database: Engine
) -> None:
    id_ = opened(database, callback="午後に電話を")
    page = (await seat(member).get(f"/desk/tickets/{id_}")).text
    for words in (
        ANSWER,
        "宿泊業",
        "12名",
        "石川県金沢市",
        "午後に電話を",
        "バックアップ",
        "まだ受けていません",
    ):
        assert words in page
    assert "出典 1件" in page
    assert deeds(database) == [("ticket.read", f"ticket:{id_}")]
    await seat(member).get(f"/desk/tickets/{id_}/head")
    assert len(deeds(database)) == 1


async def test_a_case_is_taken_answered_and_closed_by_forms_alone(
    seat: Seats, member: Member, database: Engine
) -> None:
    id_ = opened(database)
    talk, at = conversation_of(database, id_), seat(member)
    assert (await at.post(f"/desk/tickets/{id_}/take")).headers[
        "location"
    ] == f"/desk/tickets/{id_}?done=taken"
    assert mode(database, talk) == "human"
    page = await at.get(f"/desk/tickets/{id_}?done=taken")
    assert "引き受けました。" in page.text
    once = hidden(page, "once")
    await at.post(f"/desk/tickets/{id_}/reply", {"text": "鈴木です。承ります。", "once": once})
    assert lines(database, talk)[-1] == ("staff", "鈴木です。承ります。")
    await at.post(f"/desk/tickets/{id_}/close", {"reason": "solved"})
    assert (ticket(database, id_).status, mode(database, talk)) == ("closed", "bot")
    assert [action for action, _ in deeds(database)] == [
        "ticket.take",
        "ticket.read",
        "ticket.write",
        "ticket.close",
    ]


async def test_a_reply_that_is_sent_twice_arrives_once(seat: Seats, member: Member, database: Engine) -> None:
    id_ = opened(database)
    at = seat(member)
    once = hidden(await at.get(f"/desk/tickets/{id_}"), "once")
    for _ in range(2):
        answer = await at.post(f"/desk/tickets/{id_}/reply", {"text": "承ります。", "once": once})
        assert answer.headers["location"].endswith("done=sent")
    said = [text for role, text in lines(database, conversation_of(database, id_)) if role == "staff"]
    assert said == ["承ります。"]
    await at.post(f"/desk/tickets/{id_}/reply", {"text": "承ります。", "once": f"{once}x"})
    await at.post(f"/desk/tickets/{id_}/reply", {"text": "戻って書き直しました。", "once": once})
    said = [text for role, text in lines(database, conversation_of(database, id_)) if role == "staff"]
    assert said == ["承ります。", "承ります。", "戻って書き直しました。"]


async def test_what_could_not_be_sent_is_still_in_its_field_and_may_be_sent_again(
    seat: Seats, member: Member, database: Engine
) -> None:
    colleague = hired(database, name="高橋")
    id_ = opened(database)
    await seat(colleague).post(f"/desk/tickets/{id_}/take")
    at = seat(member)
    refused = await at.post(f"/desk/tickets/{id_}/reply", {"text": "わたしが書いた文", "once": "k"})
    assert refused.status_code == 409
    assert "わたしが書いた文" in refused.text
    assert "高橋さんが先に対応を始めました。お返事は送っていません。" in refused.text
    await seat(colleague).post(f"/desk/tickets/{id_}/assign", {"staff": member.id})
    sent = await at.post(f"/desk/tickets/{id_}/reply", {"text": "わたしが書いた文", "once": "k"})
    assert sent.status_code == 303
    assert lines(database, conversation_of(database, id_))[-1] == ("staff", "わたしが書いた文")


@pytest.mark.parametrize(
    ("text", "told"),
    [(" \n", "まだ何も書かれていない"), ("あ" * 2_001, "長すぎます"), ("{会社 と {担当者}", "")],
)
async def test_an_empty_or_endless_reply_is_refused_at_its_field(
    seat: Seats, member: Member, database: Engine, text: str, told: str
) -> None:
    id_ = opened(database)
    answer = await seat(member).post(f"/desk/tickets/{id_}/reply", {"text": text})
    assert answer.status_code == (422 if told else 303)
    assert told in answer.text
    if told:
        assert 'aria-invalid="true"' in answer.text
        assert ("staff", text) not in lines(database, conversation_of(database, id_))


async def test_gaps_of_a_canned_reply_are_filled_when_it_is_put_in_and_when_it_is_sent(
    seat: Seats, member: Member, manager: Member, database: Engine
) -> None:
    Canned(database).add(
        manager, OURS, "あいさつ", "{会社}さま、{団体}の{担当者}です（受付番号{受付番号}）。"
    )
    id_ = opened(database)
    reply = Canned(database).of(OURS)[0]
    at = seat(member)
    page = await at.get(f"/desk/tickets/{id_}", params={"insert": f"reply/{reply.id}"})
    told = f"宿泊業の会社さま、金沢市旅館組合の鈴木です（受付番号{id_}）。"
    assert f">{told}</textarea>" in page.text
    await at.post(f"/desk/tickets/{id_}/reply", {"text": reply.text})
    assert lines(database, conversation_of(database, id_))[-1] == ("staff", told)


async def test_a_search_puts_a_sourced_answer_into_the_reply(
    seat: Seats, member: Member, database: Engine
) -> None:
    load(database)
    id_ = opened(database)
    at = seat(member)
    found = (await at.get("/desk/search", params={"q": "バックアップ", "case": str(id_)})).text
    assert "出典：" in found
    record = re.search(r'name="insert" value="([^"]+)"', found)
    assert record
    page = (await at.get(f"/desk/tickets/{id_}", params={"insert": record[1]})).text
    field = page.partition('<textarea id="reply-text"')[2].partition("</textarea>")[0]
    assert "出典：" in field
    assert "確認" in field
    assert (await at.get(f"/desk/tickets/{id_}?insert=measure/nothing")).status_code == 200


async def test_the_preview_shows_what_the_door_will_show(
    seat: Seats, member: Member, database: Engine
) -> None:
    on_line = opened(database, channel="line")
    at = seat(member)
    part = (await at.part(f"/desk/tickets/{on_line}/preview", {"text": "<b>こんにちは</b>"})).text
    assert "LINEでの見え方" in part
    assert "1通で届きます" in part
    assert "&lt;b&gt;こんにちは&lt;/b&gt;" in part
    page = (await at.post(f"/desk/tickets/{on_line}/look", {"text": "こんにちは"})).text
    assert "LINEでの見え方" in page
    assert ">こんにちは</textarea>" in page


@pytest.mark.parametrize(
    ("deed", "form", "after"),
    [
        ("labels", {"labels": "補助金、 至急,折返し"}, {"labels": ["補助金", "至急", "折返し"]}),
        ("hand-back", {}, {"status": "returned"}),
        ("snooze", {"until": "week"}, {"status": "snoozed"}),
        ("assign", {"staff": ""}, {"assignee_id": None, "status": "waiting"}),
    ],
)
async def test_a_case_is_put_where_it_belongs(  # noqa: PLR0917 - three of them are the cases
    seat: Seats, member: Member, database: Engine, deed: str, form: dict[str, str], after: dict[str, object]
) -> None:
    id_ = opened(database, status="taken", assignee_id=member.id)
    assert (await seat(member).post(f"/desk/tickets/{id_}/{deed}", form)).status_code == 303
    case = ticket(database, id_)
    assert {name: getattr(case, name) for name in after} == after


@pytest.mark.parametrize(
    ("deed", "form"),
    [
        ("labels", {"labels": "あ" * 21}),
        ("snooze", {"until": "never"}),
        ("merge", {"into": "ほかの"}),
        ("close", {"reason": "bored"}),
        ("note", {"text": " "}),
    ],
)
async def test_what_cannot_be_done_is_said_on_the_page_and_nothing_changes(
    seat: Seats, member: Member, database: Engine, deed: str, form: dict[str, str]
) -> None:
    id_ = opened(database)
    answer = await seat(member).post(f"/desk/tickets/{id_}/{deed}", form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert ticket(database, id_).status == "waiting"


async def test_a_note_is_read_by_colleagues_and_never_by_the_owner(
    seat: Seats, member: Member, database: Engine
) -> None:
    id_ = opened(database)
    await seat(member).post(f"/desk/tickets/{id_}/note", {"text": "社長は夕方なら電話に出られる"})
    assert "社長は夕方なら" in (await seat(hired(database, name="高橋")).get(f"/desk/tickets/{id_}")).text
    assert not any("社長" in text for _, text in lines(database, conversation_of(database, id_)))
    with database.connect() as connection:
        assert len(connection.execute(select(TicketNote.id)).all()) == 1


async def test_two_cases_of_one_owner_go_on_as_one(seat: Seats, member: Member, database: Engine) -> None:
    first, second = opened(database), opened(database)
    await seat(member).post(f"/desk/tickets/{second}/merge", {"into": f"No.{first}"})
    assert ticket(database, second).merged_into == first
    page = (await seat(member).get(f"/desk/tickets/{second}")).text
    assert f'<a href="/desk/tickets/{first}">No.{first}</a> で続いています' in page


async def test_a_case_goes_to_another_desk_by_an_operator_alone(
    seat: Seats, member: Member, operator: Member, stranger: Member, database: Engine
) -> None:
    id_ = opened(database)
    path, form = f"/desk/tickets/{id_}/transfer", {"association": THEIRS}
    assert (await seat(member).post(path, form)).status_code == 404
    assert (await seat(operator).post(path, form)).status_code == 303
    assert (await seat(member).get(f"/desk/tickets/{id_}")).status_code == 404
    assert (await seat(stranger).get(f"/desk/tickets/{id_}")).status_code == 200
