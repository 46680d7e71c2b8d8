"""A paper that comes with an answer: whoever has its link opens it, for a while, and nobody else."""

import base64
import io
import zipfile
from datetime import timedelta
from email.message import Message
from typing import Any, get_args

import httpx2
import pytest
from sqlalchemy import Engine, update

from api.conversations.attachments import VALID_FOR, drop_expired
from api.instants import now
from api.replies import MAX_PAPER_BYTES, MAX_PAPERS, PAPERS
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
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAN = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def rules() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as folder:
        folder.writestr("word/document.xml", "情報セキュリティ規程（案）")
    return file.getvalue()


def paper(filename: str, media_type: str, content: bytes) -> dict[str, str]:
    kept = base64.b64encode(content).decode()
    return {"title": "対策計画", "filename": filename, "media_type": media_type, "content": kept}


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


def saved_as(fetched: httpx2.Response) -> str | None:
    """The name under which a browser saves it."""
    header = Message()
    header["Content-Disposition"] = fetched.headers["content-disposition"]
    assert header.get_content_disposition() == "attachment"
    return header.get_filename()


async def test_one_answer_carries_a_plan_rules_and_dates(owner: Owner, rasa: FakeRasa) -> None:
    papers = [
        paper('対策計画（㈱髙﨑旅館）; a="b" 100%.pdf', "application/pdf", PLAN),
        paper("情報セキュリティ規程案①.docx", WORD, rules()),
        PAPER,
    ]
    rasa.says = {"はい": [text("計画です"), custom("assessment", attachments=papers)]}
    (answer,) = await owner.says("はい")
    given = answer["attachments"]
    assert [(one["title"], one["media_type"]) for one in given] == [
        (one["title"], one["media_type"]) for one in papers
    ]
    assert len({one["url"] for one in given}) == 3
    for one, link in zip(papers, given, strict=True):
        fetched = await owner.client.get(link["url"])
        assert fetched.content == base64.b64decode(one["content"])
        assert fetched.headers["content-type"].split(";")[0] == one["media_type"]
        assert fetched.headers["x-content-type-options"] == "nosniff"
        assert fetched.headers["content-security-policy"].startswith("default-src 'none'")
        assert saved_as(fetched) == one["filename"]


async def test_the_published_description_names_every_kind_of_paper(client: httpx2.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()["paths"]["/attachments/{secret}"]["get"]
    assert set(described["responses"]["200"]["content"]) == set(get_args(PAPERS))


@pytest.mark.parametrize(
    ("size", "count", "fits"),
    [
        (MAX_PAPER_BYTES, 1, True),
        (MAX_PAPER_BYTES + 4, 1, False),
        (10, MAX_PAPERS, True),
        (10, MAX_PAPERS + 1, False),
    ],
)
async def test_no_paper_is_too_big_and_no_answer_has_too_many(
    owner: Owner, rasa: FakeRasa, size: int, count: int, fits: bool
) -> None:
    papers = [paper("対策計画.pdf", "application/pdf", bytes(size))] * count
    rasa.says = {"はい": [text("計画です"), custom("assessment", attachments=papers)]}
    (answer,) = await owner.says("はい")
    assert (answer["topic"] == "assessment") is fits
    assert len(answer["attachments"]) == (count if fits else 0)


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
    [
        {"content": "kein base64!"},
        {"content": ""},
        {"filename": "../x.ics"},
        {"filename": "締切.exe"},
        {"filename": "締切\u202escir\u202c.ics"},
        {"filename": "締切\r\nSet-Cookie: a=b.ics"},
        {"media_type": "text/html"},
        {"title": ""},
    ],
)
async def test_a_paper_of_another_form_is_no_answer(
    owner: Owner, rasa: FakeRasa, wrong: dict[str, str]
) -> None:
    rasa.says = {"締切は": [text("12月15日です"), custom("subsidy", attachments=[PAPER | wrong])]}
    (answer,) = await owner.says("締切は")
    assert answer["topic"] == "unavailable"
