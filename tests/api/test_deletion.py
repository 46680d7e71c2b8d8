"""Deleted is deleted: in every table, whatever is under way."""

import asyncio
from pathlib import Path

import httpx2
from sqlalchemy import Engine, make_url

from knowledge.database import Base
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import until
from tests.api.owner import Owner
from tests.api.test_door import is_problem
from tests.api.test_feedback import rates


def tables_naming(database: Engine, *ids: str) -> list[str]:
    with database.connect() as connection:
        rows = {
            name: connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in Base.metadata.tables
        }
    return [name for name, found in rows.items() if any(id_ in str(found) for id_ in ids)]


async def deletes(owner: Owner) -> httpx2.Response:
    return await owner.client.delete(owner.path, headers=owner.key)


async def test_nothing_is_left_of_it_and_the_neighbour_keeps_theirs(
    client: httpx2.AsyncClient, owner: Owner, database: Engine
) -> None:
    neighbour = await Owner.opens(client)
    for someone in (owner, neighbour):
        (answer,) = await someone.says("質問です")
        await someone.chooses(answer["choices"][0])
        await rates(someone, message_id=answer["id"], rating="down", comment="ちがう")
    everywhere = {"conversations", "inbox", "messages", "choices", "feedback"}
    assert set(tables_naming(database, owner.id)) == everywhere
    gone = await deletes(owner)
    assert (gone.status_code, gone.content) == (204, b"")
    assert tables_naming(database, owner.id) == []
    assert set(tables_naming(database, neighbour.id)) == everywhere
    assert await neighbour.says("つづきです")
    for answer in (await deletes(owner), await owner.posts(text="まだいますか")):
        assert is_problem(answer, 401)


async def test_who_waits_for_an_answer_is_told(owner: Owner, rasa: FakeRasa, database: Engine) -> None:
    rasa.hold()
    asking = asyncio.create_task(owner.posts(text="質問です"))
    await until(lambda: rasa.received)
    assert (await deletes(owner)).status_code == 204
    assert is_problem(await asking, 404)
    rasa.release()
    neighbour = await Owner.opens(owner.client)
    assert await neighbour.says("つぎの質問")
    assert tables_naming(database, owner.id) == []


async def test_only_the_owner_deletes(client: httpx2.AsyncClient, owner: Owner) -> None:
    neighbour = await Owner.opens(client)
    assert is_problem(await client.delete(owner.path, headers=neighbour.key), 404)
    assert is_problem(await client.delete(owner.path), 401)
    assert await owner.reads()


async def test_the_file_itself_forgets(owner: Owner, database: Engine) -> None:
    """SQLite keeps what was deleted in free pages and in its log, unless it is told not to."""
    if database.dialect.name != "sqlite":
        return
    await owner.says("質問です")
    file = Path(make_url(str(database.url)).database or "")
    assert owner.id.encode() in written(file)
    await deletes(owner)
    assert owner.id.encode() not in written(file)


def written(file: Path) -> bytes:
    return file.read_bytes() + file.with_name(file.name + "-wal").read_bytes()
