"""What a form or an address names opens no door either, and what did not arrive is tried again."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, select

from api.desk.arrangement import Arrangement, Arrangements
from api.desk.canned import Canned
from api.desk.tables import AuditEntry
from api.desk.who import Member
from api.tables import Delivery, Turn
from tests.api.desk.cases import conversed, opened, ticket
from tests.api.desk.console_examples import a_case, a_delivery, a_question, a_reply
from tests.api.desk.entering import OURS, THEIRS, Seat, hired
from tests.api.desk.walking import MARK

Seats = Callable[[Member | None], Seat]


def status_of(database: Engine, table: type[Delivery] | type[Turn], id_: str) -> str:
    with database.connect() as connection:
        return str(connection.execute(select(table.status).where(table.id == int(id_))).scalar_one())


@pytest.mark.parametrize("path", ["/desk/settings", "/desk/replies", "/desk/export"])
async def test_another_associations_pages_are_not_there(seat: Seats, stranger: Member, path: str) -> None:
    answer = await seat(stranger).get(path, params={"association": OURS})
    assert answer.status_code == 404
    assert "金沢" not in answer.text


async def test_nothing_is_written_to_another_association(
    seat: Seats, stranger: Member, database: Engine
) -> None:
    at, form = seat(stranger), {"association": OURS, "title": "あ", "text": "い", "hours_mon": "1:00-2:00"}
    assert (await at.post("/desk/replies", form)).status_code == 404
    assert (await at.post("/desk/settings", form)).status_code == 404
    assert Canned(database).of(OURS) == []
    assert Arrangements(database).of(OURS) == Arrangement()


async def test_a_queue_asked_for_another_association_is_empty(
    seat: Seats, stranger: Member, database: Engine
) -> None:
    a_case(database, OURS)
    for path in ("/desk", "/desk/queue"):
        page = (await seat(stranger).get(path, params={"association": OURS})).text
        assert MARK not in page
        assert 'class="case ' not in page


async def test_another_associations_canned_reply_cannot_be_put_in(
    seat: Seats, stranger: Member, database: Engine
) -> None:
    reply, case = a_reply(database, OURS), opened(database, THEIRS)
    page = await seat(stranger).get(f"/desk/tickets/{case}", params={"insert": f"reply/{reply}"})
    assert page.status_code == 200
    assert MARK not in page.text


async def test_a_case_goes_to_nobody_of_another_association_and_into_no_case_of_theirs(
    seat: Seats, member: Member, stranger: Member, database: Engine
) -> None:
    case, theirs = opened(database), opened(database, THEIRS)
    at = seat(member)
    assert (await at.post(f"/desk/tickets/{case}/assign", {"staff": stranger.id})).status_code == 422
    assert (await at.post(f"/desk/tickets/{case}/merge", {"into": str(theirs)})).status_code == 404
    assert ticket(database, case).assignee_id is None
    assert ticket(database, theirs).status == "waiting"


@pytest.mark.parametrize("id_", ["0", "99999999999999999999", "x", "-1"])
async def test_a_number_that_is_none_is_no_case(seat: Seats, manager: Member, id_: str) -> None:
    at = seat(manager)
    for path in (f"/desk/tickets/{id_}", f"/desk/tickets/{id_}/head"):
        assert (await at.get(path)).status_code in (404, 422)
    for path in (f"tickets/{id_}/take", f"undelivered/{id_}/retry", f"replies/{id_}/delete"):
        assert (await at.post(f"/desk/{path}")).status_code in (404, 422)
    assert (await at.post(f"/desk/undelivered/questions/{id_}/retry")).status_code in (404, 422)


async def test_what_did_not_arrive_is_explained_and_tried_again(
    seat: Seats, member: Member, database: Engine
) -> None:
    delivery = a_delivery(database, OURS)
    at = seat(member)
    page = (await at.get("/desk/undelivered")).text
    assert "相談者がアカウントをブロックしています" in page
    assert MARK not in page
    assert "届いていないお返事" in (await at.get("/desk")).text
    assert (await at.post(f"/desk/undelivered/{delivery}/retry")).status_code == 303
    assert status_of(database, Delivery, delivery) != "dead"
    with database.connect() as connection:
        assert "delivery.retry" in connection.scalars(select(AuditEntry.action)).all()


async def test_a_question_the_advisor_gave_up_is_asked_again_and_answered(
    seat: Seats, member: Member, database: Engine
) -> None:
    hired(database, association=THEIRS)
    question, theirs = a_question(database, OURS), a_question(database, THEIRS)
    at = seat(member)
    page = (await at.get("/desk/undelivered")).text
    assert "何度か試しましたが" in page
    assert page.count("もう一度、自動応答に聞く") == 1
    assert (await at.post(f"/desk/undelivered/questions/{theirs}/retry")).status_code == 404
    assert (await at.post(f"/desk/undelivered/questions/{question}/retry")).status_code == 303
    assert status_of(database, Turn, question) != "dead"
    assert status_of(database, Turn, theirs) == "dead"
    assert (await at.post(f"/desk/undelivered/questions/{question}/retry")).status_code == 404


async def test_a_conversation_without_a_case_is_seen_by_its_own_association_alone(
    seat: Seats, member: Member, stranger: Member, operator: Member, database: Engine
) -> None:
    talk = conversed(database)
    for who, status in ((member, 200), (operator, 200), (stranger, 404)):
        assert (await seat(who).get(f"/desk/conversations/{talk}")).status_code == status
        assert (await seat(who).get(f"/desk/conversations/{talk}/lines")).status_code == status
