"""Who may come in, and how a refusal reads."""

import re
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.conversations.store import Store
from api.instants import now
from api.tables import Conversation
from tests.api.fake_rasa import FakeRasa
from tests.api.owner import CONVERSATIONS, Owner


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """The door is the same before either database."""
    return f"sqlite:///{tmp_path / 'mamori.db'}"


JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


def is_problem(answer: httpx2.Response, status: int) -> bool:
    """A problem+json with a Japanese title and a next step, and nothing of the machinery in it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert JAPANESE.search(body["title"])
    assert JAPANESE.search(body["detail"])
    assert "Traceback" not in answer.text
    return True


async def asks(owner: Owner, key: dict[str, str]) -> list[httpx2.Response]:
    return [
        await owner.client.get(f"{owner.path}/messages", headers=key),
        await owner.client.get(f"{owner.path}/profile", headers=key),
        await owner.client.post(f"{owner.path}/messages", headers=key, json={"text": "質問"}),
    ]


@pytest.mark.parametrize(
    "key",
    [
        {},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "},
        {"Authorization": "Basic eDp5"},
        {"Authorization": b"Bearer \xff\xfe\x00"},
    ],
)
async def test_without_the_right_token_nothing_is_told(owner: Owner, key: dict[str, str]) -> None:
    for answer in await asks(owner, key):
        assert is_problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_token_opens_only_its_own_conversation(client: httpx2.AsyncClient, owner: Owner) -> None:
    neighbour = await Owner.opens(client)
    for answer in await asks(owner, neighbour.key):
        assert is_problem(answer, 404)
    nowhere = await client.get(f"{CONVERSATIONS}/c_nowhere%00/messages", headers=owner.key)
    assert is_problem(nowhere, 404)


async def test_a_token_dies_ninety_days_after_its_last_use(owner: Owner, database: Engine) -> None:
    def last_used(days: int) -> None:
        with Session(database) as session, session.begin():
            session.get_one(Conversation, owner.id).token_used_at = now() - timedelta(days=days)

    last_used(days=89)
    assert await owner.reads()
    with Session(database) as session:
        assert now() - session.get_one(Conversation, owner.id).token_used_at < timedelta(minutes=1)
    last_used(days=91)
    assert is_problem((await asks(owner, owner.key))[0], 401)


async def test_the_token_itself_is_kept_nowhere(owner: Owner, database: Engine) -> None:
    with Session(database) as session:
        row = session.execute(select(Conversation.__table__)).one()
    assert owner.token not in str(row)
    assert len(owner.token) >= 43


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        "{'text': 1}",
        '{"text": 5}',
        '{"text": null}',
        "{}",
        "[" * 30_000,
        "1" * 5_000,
    ],
)
async def test_a_body_of_another_kind_is_refused_in_japanese(owner: Owner, body: str) -> None:
    headers = owner.key | {"Content-Type": "application/json"}
    answer = await owner.client.post(f"{owner.path}/messages", headers=headers, content=body)
    assert answer.status_code in (400, 422)
    assert is_problem(answer, answer.status_code)


async def test_a_body_that_is_not_even_text_is_refused(owner: Owner) -> None:
    for kind in ("application/json", "text/plain", "multipart/form-data"):
        headers = owner.key | {"Content-Type": kind}
        answer = await owner.client.post(f"{owner.path}/messages", headers=headers, content=b"\xff\xfe{")
        assert is_problem(answer, 422 if kind != "application/json" else 400)


async def test_text_and_choice_together_are_one_too_many(owner: Owner) -> None:
    both = await owner.posts(text="質問", choice=owner.greeting["choices"][0]["id"])
    assert is_problem(both, 422)


async def test_a_huge_body_is_refused(owner: Owner) -> None:
    assert is_problem(await owner.posts(text="あ" * 70_000), 413)


@pytest.mark.parametrize("slug", ["Kanazawa", "a b", "", "あ", "-a", "a" * 65, 5])
async def test_an_association_is_named_by_its_slug(client: httpx2.AsyncClient, slug: object) -> None:
    assert is_problem(await client.post(CONVERSATIONS, json={"association": slug}), 422)


async def test_unknown_pages_and_wrong_methods_are_answered_in_japanese(client: httpx2.AsyncClient) -> None:
    for path in ("/nowhere", "/api/v1/nothing", "/docs", "/redoc", "/page/nothing.js", "/page/../main.py"):
        assert is_problem(await client.get(path), 404)
    wrong = await client.put(CONVERSATIONS)
    assert is_problem(wrong, 405)
    assert wrong.headers["allow"] == "POST"
    for path, methods in (("c_1/messages", "GET, POST"), ("c_1", "DELETE")):
        assert (await client.put(f"{CONVERSATIONS}/{path}")).headers["allow"] == methods


async def test_a_bug_shows_nothing_of_itself(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def breaks(*_: object) -> None:
        raise ValueError("社外秘の質問")

    monkeypatch.setattr(Store, "put", breaks)
    assert is_problem(await owner.posts(text="社外秘の質問"), 500)
    logged = capsys.readouterr()
    assert "request broke" in logged.out
    assert "社外秘" not in logged.out + logged.err


async def test_the_log_knows_neither_words_nor_tokens_nor_conversations(
    owner: Owner, rasa: FakeRasa, capsys: pytest.CaptureFixture[str]
) -> None:
    await owner.says("社外秘の質問")
    rasa.trouble = "unclosed"
    await owner.says("社外秘の相談")
    await owner.client.get(f"{owner.path}/messages?after=m_1", headers=owner.key)
    logged = capsys.readouterr()
    text = logged.out + logged.err
    assert '"route": "/api/v1/conversations/{conversation_id}/messages"' in text
    assert '"error": "EngineGarbled"' in text
    for secret in ("社外秘", owner.token, owner.id, "お答え"):
        assert secret not in text


async def test_answers_are_kept_out_of_caches_and_frames(client: httpx2.AsyncClient) -> None:
    answer = await client.post(CONVERSATIONS)
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_every_refusal_is_in_the_published_description(client: httpx2.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()
    post = described["paths"]["/api/v1/conversations/{conversation_id}/messages"]["post"]
    refusals = {"400", "401", "403", "404", "408", "409", "413", "422", "429", "500", "503"}
    assert {"200"} | refusals == set(post["responses"])
    assert list(post["responses"]["409"]["content"]) == ["application/problem+json"]
    assert "ValidationError" not in described["components"]["schemas"]
    assert post["security"]
