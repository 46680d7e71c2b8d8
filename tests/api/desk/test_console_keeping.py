"""What is watched, kept, exported and arranged at the console, without a script in the browser."""

import re
from collections.abc import Callable

from sqlalchemy import Engine, select, update

from api.conversations import transcript
from api.desk.canned import Canned
from api.desk.tables import Ticket
from api.desk.who import Member
from api.instants import now
from api.tables import Conversation
from tests.api.desk.cases import ANSWER, conversation_of, conversed, mode, opened, ticket
from tests.api.desk.entering import OURS, THEIRS, Seat
from tests.api.desk.looking import deeds

Seats = Callable[[Member | None], Seat]


async def test_staff_watch_a_conversation_and_step_in(seat: Seats, member: Member, database: Engine) -> None:
    talk = conversed(database)
    at = seat(member)
    assert talk in (await at.get("/desk/conversations")).text
    page = (await at.get(f"/desk/conversations/{talk}")).text
    assert ANSWER in page
    assert "宿泊業" in page
    assert ("conversation.read", f"conversation:{talk}") in deeds(database)
    stepped = await at.post(f"/desk/conversations/{talk}/step-in")
    assert re.fullmatch(r"/desk/tickets/\d+\?done=taken", stepped.headers["location"])
    assert mode(database, talk) == "human"


async def test_only_new_lines_are_fetched_and_a_reading_of_the_whole_is_always_written_down(
    seat: Seats, member: Member, database: Engine
) -> None:
    talk = conversed(database)
    at = seat(member)
    page = (await at.get(f"/desk/conversations/{talk}")).text
    after = re.findall(r"lines\?after=(m_[^\"]+)", page)[0]
    count = len(deeds(database))
    with database.begin() as connection:
        transcript.add_notice(connection, talk, "そのあとのお知らせ")
    news = (await at.get(f"/desk/conversations/{talk}/lines", params={"after": after})).text
    assert "そのあとのお知らせ" in news
    assert ANSWER not in news
    assert len(deeds(database)) == count
    whole = (await at.get(f"/desk/conversations/{talk}/lines", params={"after": "m_nothing"})).text
    assert ANSWER in whole
    assert len(deeds(database)) == count + 1


async def test_managers_keep_a_record_and_delete_one_only_by_its_number(
    seat: Seats, member: Member, manager: Member, database: Engine
) -> None:
    id_ = opened(database)
    talk, boss = conversation_of(database, id_), seat(manager)
    for deed in ("hold", "delete"):
        form = {"held": "1", "sure": str(id_)}
        assert (await seat(member).post(f"/desk/tickets/{id_}/{deed}", form)).status_code == 404
    await boss.post(f"/desk/tickets/{id_}/hold", {"held": "1"})
    assert "保全中" in (await boss.get(f"/desk/tickets/{id_}")).text
    await boss.post(f"/desk/tickets/{id_}/hold", {"held": ""})
    wrong = await boss.post(f"/desk/tickets/{id_}/delete", {"sure": str(id_ + 1)})
    assert wrong.status_code == 422
    assert "削除していません" in wrong.text
    assert (await boss.post(f"/desk/tickets/{id_}/delete", {"sure": str(id_)})).status_code == 303
    with database.connect() as connection:
        assert connection.execute(select(Conversation.id).where(Conversation.id == talk)).all() == []
        assert connection.execute(select(Ticket.id)).all() == []
    done = [action for action, _ in deeds(database)]
    assert done.count("conversation.delete") == 1
    assert {"conversation.hold", "conversation.release"} <= set(done)


async def test_what_is_held_stays_when_its_deletion_is_asked_for(
    seat: Seats, manager: Member, database: Engine
) -> None:
    id_ = opened(database)
    boss = seat(manager)
    await boss.post(f"/desk/tickets/{id_}/hold", {"held": "1"})
    answer = await boss.post(f"/desk/tickets/{id_}/delete", {"sure": str(id_)})
    assert answer.headers["location"] == "/desk?done=kept"
    assert ticket(database, id_).id == id_


async def test_the_table_of_a_period_holds_numbers_and_times_and_is_written_down(
    seat: Seats, manager: Member, database: Engine
) -> None:
    id_ = opened(database, callback="山田 090-1234-5678", labels=["=HYPERLINK()"])
    other = opened(database, THEIRS)
    today = now().astimezone().date()
    period = {"since": f"{today.year}-01-01", "until": f"{today.year}-12-31"}
    answer = await seat(manager).get("/desk/export", params=period)
    assert answer.headers["content-type"].startswith("text/csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("受付番号,団体,窓口")
    assert [row.partition(",")[0] for row in rows[1:]] == [str(id_)]
    assert str(other) not in [row.partition(",")[0] for row in rows]
    for secret in ("山田", "090", "HYPERLINK", "バックアップ", "鈴木"):
        assert secret not in answer.text
    assert ("tickets.export", None) in deeds(database)
    wrong = await seat(manager).get("/desk/export", params={"since": "2026-12-01", "until": "2026-11-01"})
    assert wrong.status_code == 422
    assert "400日以内" in wrong.text
    theirs = await seat(manager).get("/desk/export", params=period | {"association": THEIRS})
    assert theirs.status_code == 404


async def test_settings_are_changed_and_what_is_wrong_is_said_beside_its_field(
    seat: Seats, manager: Member, database: Engine
) -> None:
    at = seat(manager)
    page = (await at.get("/desk/settings")).text
    fields = dict(re.findall(r'<input id="(\w+)" name="\1" value="([^"]*)"', page))
    good = await at.post("/desk/settings", fields | {"hours_sat": "9:00-12:00", "closed_on_holidays": "1"})
    assert good.status_code == 303
    assert 'value="9:00-12:00"' in (await at.get("/desk/settings")).text
    bad = await at.post("/desk/settings", fields | {"hours_sat": "朝から", "normal": "30"})
    assert bad.status_code == 422
    assert 'id="hours_sat-wrong"' in bad.text
    assert 'value="朝から"' in bad.text
    assert 'value="30"' in bad.text
    assert [action for action, _ in deeds(database)] == ["settings.change"]


async def test_a_webhook_is_never_shown(seat: Seats, manager: Member) -> None:
    at = seat(manager)
    page = (await at.get("/desk/settings")).text
    fields = dict(re.findall(r'<input id="(\w+)" name="\1" value="([^"]*)"', page))
    await at.post("/desk/settings", fields | {"slack_url": "https://hooks.example.jp/geheim"})
    page = (await at.get("/desk/settings")).text
    assert "geheim" not in page
    assert "登録済みです" in page


async def test_canned_replies_are_written_by_managers_and_read_by_all(
    seat: Seats, member: Member, manager: Member, database: Engine
) -> None:
    boss = seat(manager)
    form = {"title": "受付時間", "text": "平日の9時から17時です。"}
    assert (await seat(member).post("/desk/replies", form)).status_code == 404
    assert (await boss.post("/desk/replies", form)).status_code == 303
    assert "平日の9時から" in (await seat(member).get("/desk/replies")).text
    (reply,) = Canned(database).of(OURS)
    wrong = await boss.post(f"/desk/replies/{reply.id}", {"title": "受付時間", "text": "{電話}へ"})
    assert wrong.status_code == 422
    assert "{電話}へ" in wrong.text
    await boss.post(f"/desk/replies/{reply.id}", {"title": "時間", "text": "10時からです。"})
    assert [(one.title, one.text) for one in Canned(database).of(OURS)] == [("時間", "10時からです。")]
    await boss.post(f"/desk/replies/{reply.id}/delete")
    assert Canned(database).of(OURS) == []
    assert [action for action, _ in deeds(database)] == ["reply.add", "reply.change", "reply.remove"]


async def test_after_a_deed_only_words_of_ours_are_told(seat: Seats, member: Member) -> None:
    page = (await seat(member).get("/desk?done=<script>alert(1)</script>")).text
    assert "alert(1)" not in page


async def test_nothing_an_owner_writes_becomes_markup(seat: Seats, member: Member, database: Engine) -> None:
    id_ = opened(database, summary="<img src=x>｜<b>", callback="<script>", labels=["<i>"])
    with database.begin() as connection:
        its = update(Conversation).where(Conversation.id == conversation_of(database, id_))
        connection.execute(its.values(state={"company": {"industry": "<u>旅館</u>"}}))
        transcript.add_notice(connection, conversation_of(database, id_), "<h1>大きな字</h1>")
    for path in ("/desk", f"/desk/tickets/{id_}", "/desk/conversations"):
        page = (await seat(member).get(path)).text
        for markup in ("<img", "<b>", "<script>", "<i>", "<u>", "<h1>大"):
            assert markup not in page


async def test_what_owners_thought_is_told_with_the_closed_cases(
    seat: Seats, member: Member, database: Engine
) -> None:
    at = seat(member)
    assert "満足度のお返事はありません" in (await at.get("/desk?view=closed")).text
    for score in (5, 5, 2):
        opened(database, status="closed", closed_at=now(), close_reason="solved", score=score)
    opened(database, THEIRS, status="closed", closed_at=now(), close_reason="solved", score=1)
    page = (await at.get("/desk?view=closed")).text
    assert "平均4.0（5がいちばん良い・3件：5が2件、2が1件）" in page
    assert "平均" not in (await at.get("/desk")).text


async def test_operators_see_whose_case_it_is_and_narrow_the_queue_to_one_desk(
    seat: Seats, operator: Member, member: Member, stranger: Member, database: Engine
) -> None:
    ours, theirs = opened(database), opened(database, THEIRS)
    at = seat(operator)
    page = (await at.get("/desk")).text
    assert '<span class="tag">金沢市旅館組合</span>' in page
    assert '<span class="tag">名古屋商工協会</span>' in page
    page = (await at.get("/desk", params={"association": THEIRS})).text
    assert f'id="case-{theirs}"' in page
    assert f'id="case-{ours}"' not in page


async def test_a_long_queue_is_shown_in_two_parts(seat: Seats, member: Member, database: Engine) -> None:
    for _ in range(120):
        opened(database)
    at = seat(member)
    page = (await at.get("/desk")).text
    assert "120件" in page
    assert page.count('class="case case-') == 100
    assert "残りの20件も見る" in page
    assert (await at.get("/desk?all=1")).text.count('class="case case-') == 120
