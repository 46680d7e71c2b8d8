"""An owner goes on at LINE with a short code: profile and self-check go along, and only theirs."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.orm import Session

from api.conversations.links import code_in
from api.instants import now
from api.settings import GatewaySettings
from api.tables import Conversation, LinkCode, SelfCheck
from tests.api.channels.plain_door import Desk, desk, said, whence
from tests.api.fake_rasa import FakeRasa, custom, text
from tests.api.finishing import says
from tests.api.gateway import until
from tests.api.owner import Owner

COMPANY = {"industry": "宿泊業", "trade": "旅館", "employees": 12}
UNKNOWN = "この引き継ぎ番号は使えませんでした"
CHECK = {"number": 1, "points": {"updates": 4}, "stage": "finished", "begun_on": "2026-11-23"}


class Website:
    """An owner's conversation on the website, with a company and a finished self-check."""

    def __init__(self, client: httpx2.AsyncClient, owner: Owner) -> None:
        self.client, self.owner = client, owner

    async def code(self) -> dict[str, Any]:
        answer = await self.client.post(f"{self.owner.path}/link", headers=self.owner.key)
        assert answer.status_code == 201, answer.text
        return answer.json()


@pytest.fixture
async def website(plain: Desk, rasa: FakeRasa) -> AsyncIterator[Website]:
    transport = httpx2.ASGITransport(app=plain.app)
    state = {"company": COMPANY, "checks": [CHECK]}
    finished = says()
    finished[1]["custom"]["state"] = state
    rasa.says |= {
        "12人の旅館です": [text("12名の旅館さんですね"), custom("profile", state=state)],
        "はい": finished,
    }
    async with httpx2.AsyncClient(transport=transport, base_url="http://mamori.test") as client:
        owner = await Owner.opens(client, association="kanazawa-ryokan")
        await owner.says("12人の旅館です")
        await owner.says("はい")
        yield Website(client, owner)


def on_line(database: Engine) -> Conversation:
    with Session(database) as session:
        return session.scalars(select(Conversation).where(Conversation.channel == "line")).one()


async def test_the_company_and_the_self_check_go_along(
    plain: Desk, website: Website, rasa: FakeRasa, database: Engine
) -> None:
    told = await website.code()
    assert told["doors"] == ["line"]
    await plain.takes(said(f"引き継ぎ {told['code']}"))
    await until(lambda: plain.door.sent)
    assert plain.door.texts[0].startswith("引き継ぎました。")
    here = on_line(database)
    assert here.state["company"]["employees"] == 12
    assert here.state["checks"][0]["points"] == {"updates": 4}
    with Session(database) as session:
        assert session.scalars(select(SelfCheck)).one().conversation_id == here.id
    assert "ほかの窓口へ引き継ぎました" in (await website.owner.reads())[-1]["text"]
    await website.client.delete(website.owner.path, headers=website.owner.key)
    with Session(database) as session:
        assert session.scalars(select(SelfCheck)).one().conversation_id == here.id


async def test_what_is_known_here_stays_where_nothing_else_was_known(
    plain: Desk, website: Website, rasa: FakeRasa, database: Engine
) -> None:
    rasa.says["金沢です"] = [
        text("金沢ですね"),
        custom("profile", state={"company": {"prefecture": "石川県", "employees": 3}, "wants_person": True}),
    ]
    await plain.takes(said("金沢です"))
    await until(lambda: plain.door.sent)
    await plain.takes(said((await website.code())["code"].lower().replace("-", " "), after=1))
    await until(lambda: len(plain.door.sent) == 2)
    state = on_line(database).state
    assert (state["company"]["prefecture"], state["company"]["employees"]) == ("石川県", 12)
    assert state["wants_person"] is True


async def test_a_code_counts_once_and_only_the_newest(plain: Desk, website: Website) -> None:
    older, newer = (await website.code())["code"], (await website.code())["code"]
    for number, code in enumerate((older, newer, newer)):
        await plain.takes(said(code, after=number))
        await until(lambda: len(plain.door.sent) > number)  # noqa: B023
    starts = [words.split("。")[0] for words in plain.door.texts]
    assert starts == [
        "この引き継ぎ番号は使えませんでした",
        "引き継ぎました",
        "この引き継ぎ番号は使えませんでした",
    ]


async def test_a_code_is_over_after_ten_minutes(
    plain: Desk, website: Website, rasa: FakeRasa, database: Engine
) -> None:
    code = (await website.code())["code"]
    with database.begin() as connection:
        soon = connection.scalar(select(LinkCode.expires_at))
        assert timedelta(minutes=9) < soon - now() <= timedelta(minutes=10)
        connection.execute(update(LinkCode).values(expires_at=now()))
    await plain.takes(said(code))
    await until(lambda: plain.door.sent)
    assert plain.door.texts[0].startswith(UNKNOWN)


async def test_a_code_of_another_association_opens_nothing(
    plain: Desk, website: Website, rasa: FakeRasa, database: Engine
) -> None:
    code = (await website.code())["code"]
    await plain.takes(said(code, whence=whence(association="osaka-kikai")))
    await until(lambda: plain.door.sent)
    assert plain.door.texts[0].startswith(UNKNOWN)
    assert on_line(database).state == {}


async def test_guessing_is_stopped_after_a_few_attempts(
    plain: Desk, website: Website, rasa: FakeRasa
) -> None:
    for number in range(5):
        await plain.takes(said(f"AB{number}-CD3-EF5", after=number))
    await plain.takes(said((await website.code())["code"], after=9))
    await until(lambda: len(plain.door.sent) == 6)
    assert "お試しが続いています" in plain.door.texts[5]


async def test_in_a_group_a_code_is_only_words(plain: Desk, website: Website, rasa: FakeRasa) -> None:
    code = (await website.code())["code"]
    group = whence(names=("旅館", "group"), is_private=False)
    await plain.takes(said(code, whence=group))
    await until(lambda: plain.door.sent)
    assert rasa.messages[-1] == code


async def test_the_code_is_nowhere_in_clear(
    plain: Desk, website: Website, rasa: FakeRasa, database: Engine
) -> None:
    code = (await website.code())["code"]
    with database.connect() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM link_codes").all())
    assert code not in rows
    assert code.replace("-", "") not in rows


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("7K3-M9Q-XT5", "7K3M9QXT5"),
        ("７ｋ３ｍ９ｑｘｔ５", "7K3M9QXT5"),
        ("引き継ぎ番号は 7K3 M9Q XT5 です。", "7K3M9QXT5"),
        ("コード：7k3ーm9qーxt5", "7K3M9QXT5"),
        ("7K3-M9Q-XTO", "7K3M9QXT0"),
        ("090-123-456", None),
        ("バックアップ", None),
        ("RANSOMWAR", None),
        ("7K3-M9Q-XT5で引き継げますか", None),
    ],
)
def test_a_code_is_known_however_it_is_typed(words: str, code: str | None) -> None:
    assert code_in(words) == code


async def test_without_a_token_there_is_no_code(settings: GatewaySettings) -> None:
    async with desk(settings) as plain:
        transport = httpx2.ASGITransport(app=plain.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://mamori.test") as client:
            owner = await Owner.opens(client)
            assert (await client.post(f"{owner.path}/link")).status_code == 401
