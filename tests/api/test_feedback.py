"""What an owner thinks of an answer."""

import httpx2
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.tables import Feedback
from tests.api.owner import Owner
from tests.api.test_door import is_problem


async def rates(owner: Owner, **body: object) -> httpx2.Response:
    return await owner.client.post(f"{owner.path}/feedback", json=body, headers=owner.key)


def kept(database: Engine) -> list[tuple[str, str | None]]:
    with Session(database) as session:
        return [(one.rating, one.comment) for one in session.scalars(select(Feedback))]


async def test_an_opinion_is_kept_and_a_second_one_replaces_it(owner: Owner, database: Engine) -> None:
    (answer,) = await owner.says("質問です")
    first = await rates(owner, message_id=answer["id"], rating="down", comment="むずかしい\u0000")
    assert (first.status_code, first.content) == (204, b"")
    assert kept(database) == [("down", "むずかしい")]
    await rates(owner, message_id=answer["id"], rating="up")
    assert kept(database) == [("up", None)]
    await rates(owner, message_id=owner.greeting["id"], rating="up", comment=" ")
    assert kept(database) == [("up", None), ("up", None)]


async def test_a_secret_in_a_comment_is_not_kept(owner: Owner, database: Engine) -> None:
    (answer,) = await owner.says("質問です")
    await rates(owner, message_id=answer["id"], rating="down", comment="パスワードはhunter2-Kanazawa なのに")
    assert "hunter2" not in str(kept(database))
    with database.connect() as connection:
        assert "なのに" not in str(connection.exec_driver_sql("SELECT * FROM feedback").all())


async def test_only_an_answer_of_this_conversation_can_be_rated(
    client: httpx2.AsyncClient, owner: Owner, database: Engine
) -> None:
    neighbour = await Owner.opens(client)
    (theirs,) = await neighbour.says("質問です")
    await owner.says("質問です")
    own_words = next(m for m in await owner.reads() if m["role"] == "user")
    for message_id in (theirs["id"], own_words["id"], "m_nowhere", "", "\u0000", "あ" * 99):
        assert is_problem(await rates(owner, message_id=message_id, rating="up"), 404)
    assert kept(database) == []


@pytest.mark.parametrize(
    "body",
    [
        {"rating": None},
        {"rating": "great"},
        {"message_id": None},
        {"message_id": 5},
        {"comment": "あ" * 2_001},
        {"comment": 5},
    ],
)
async def test_an_opinion_of_another_form_is_refused(owner: Owner, body: dict[str, object]) -> None:
    right = {"message_id": owner.greeting["id"], "rating": "up"}
    assert is_problem(await rates(owner, **right | body), 422)


async def test_nobody_else_rates(owner: Owner) -> None:
    stranger = Owner(owner.client, owner.id, "wrong", {})
    assert is_problem(await rates(stranger, message_id=owner.greeting["id"], rating="up"), 401)
