"""A paper that comes with an answer: whoever has its link opens it, for a while, and nobody else."""

import base64
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, update

from api.conversations.attachments import VALID_FOR, drop_expired
from api.instants import now
from api.tables import Attachment
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.owner import Owner
from tests.api.test_door import is_problem
from tests.api.test_secrets_kept_out import everything_in

CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:しめきり\r\nEND:VCALENDAR\r\n".encode()
PAPER = {
    "title": "締切を予定表に入れる",
    "filename": "締切.ics",
    "media_type": "text/calendar",
    "content": base64.b64encode(CALENDAR).decode(),
}


async def given(owner: Owner, rasa: FakeRasa) -> dict[str, Any]:
    rasa.says = {"締切は": [text("12月15日です"), custom("subsidy_procedure", attachments=[PAPER])]}
    (answer,) = await owner.says("締切は")
    (attachment,) = answer["attachments"]
    return dict(attachment)


async def test_the_link_opens_the_paper_without_a_token(owner: Owner, rasa: FakeRasa) -> None:
    attachment = await given(owner, rasa)
    assert attachment.keys() == {"title", "url", "media_type"}
    fetched = await owner.client.get(attachment["url"])
    assert (fetched.status_code, fetched.content) == (200, CALENDAR)
    assert fetched.headers["content-type"].startswith("text/calendar")
    assert fetched.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E7%B7%A0")
    assert "no-store" in fetched.headers["cache-control"]
    assert (await owner.reads())[-1]["attachments"] == [attachment]


async def test_neither_link_nor_paper_lies_open_in_the_database(
    owner: Owner, rasa: FakeRasa, database: Engine
) -> None:
    attachment = await given(owner, rasa)
    kept = everything_in(database)
    secret = attachment["url"].rsplit("/", 1)[1]
    for said in (secret, PAPER["content"], PAPER["filename"], PAPER["title"]):
        assert said not in kept


@pytest.mark.parametrize("secret", ["x" * 43, "x", "..%2f..%2fsecret.keys", "%00", "あ", "x" * 64])
async def test_a_link_nobody_gave_opens_nothing(client: httpx2.AsyncClient, secret: str) -> None:
    assert is_problem(await client.get(f"/attachments/{secret}"), 404)


async def test_it_ends_after_thirty_days(owner: Owner, rasa: FakeRasa, database: Engine) -> None:
    attachment = await given(owner, rasa)
    assert timedelta(days=30) == VALID_FOR
    with database.begin() as connection:
        connection.execute(update(Attachment).values(expires_at=now()))
    assert is_problem(await owner.client.get(attachment["url"]), 404)
    assert drop_expired(database, now()) == 1


async def test_it_ends_with_its_conversation(owner: Owner, rasa: FakeRasa) -> None:
    attachment = await given(owner, rasa)
    await owner.client.delete(owner.path, headers=owner.key)
    assert is_problem(await owner.client.get(attachment["url"]), 404)


@pytest.mark.parametrize(
    "wrong",
    [{"content": "kein base64!"}, {"filename": "../x.ics"}, {"media_type": "text/html"}, {"title": ""}],
)
async def test_a_paper_of_another_form_is_no_answer(
    owner: Owner, rasa: FakeRasa, wrong: dict[str, str]
) -> None:
    rasa.says = {"締切は": [text("12月15日です"), custom("subsidy", attachments=[PAPER | wrong])]}
    (answer,) = await owner.says("締切は")
    assert answer["topic"] == "unavailable"
