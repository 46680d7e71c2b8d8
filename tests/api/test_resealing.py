"""Keys: the wrong ones open nothing, and everything can be sealed anew while owners go on talking."""

import asyncio
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr
from sqlalchemy import Engine

from api.errors import KeysMissing, KeysUnreadable
from api.keyring import GivenKeys, KeyFile, keys_for, new_key
from api.resealing import check_keys, reseal, sealed_columns
from api.sealing import use_keys
from api.settings import GatewaySettings
from tests.api.conftest import KEY
from tests.api.fake_rasa import FakeRasa
from tests.api.gateway import gateway
from tests.api.owner import Owner
from tests.api.test_feedback import rates

NEWER = Fernet.generate_key().decode()


def tokens(database: Engine) -> list[str]:
    found = []
    for sealed in sealed_columns():
        with database.connect() as connection:
            rows = connection.exec_driver_sql(
                f"SELECT {', '.join(sealed.names)} FROM {sealed.raw.name}"
            ).all()
        found += [token for row in rows for token in row if token is not None]
    return found


def test_every_sealed_column_is_known() -> None:
    assert {sealed.raw.name: sealed.names for sealed in sealed_columns()} == {
        "conversations": ("state", "offered", "opened_from"),
        "desks": ("slack_url",),
        "inbox": ("fingerprint", "payload", "route"),
        "messages": ("text", "choices", "attachments"),
        "choices": ("label", "payload"),
        "attachments": ("filename", "content"),
        "feedback": ("comment",),
        "self_checks": ("result",),
        "member_figures": ("figure",),
        "callers": ("address",),
        "deliveries": ("route",),
        "line_accounts": ("channel_secret", "access_token"),
        "slack_workspaces": ("bot_token",),
        "staff": ("totp_secret",),
        "ticket_notes": ("text",),
        "tickets": ("summary", "callback"),
        "key_probe": ("sample",),
    }


async def test_all_is_sealed_with_the_newest_key_and_read_as_before(
    owner: Owner, database: Engine, settings: GatewaySettings, rasa: FakeRasa
) -> None:
    (answer,) = await owner.says("12人の旅館です")
    await rates(owner, message_id=answer["id"], rating="up", comment="たすかりました")
    check_keys(database)
    before = await owner.reads()
    both, newest = GivenKeys([NEWER, KEY]), GivenKeys([NEWER])
    use_keys(database, both)
    assert reseal(database, both) > 0
    assert reseal(database, both) == 0
    assert all(newest.is_newest(token) for token in tokens(database))
    only_newest = settings.model_copy(update={"secret_keys": SecretStr(NEWER)})
    async with gateway(only_newest) as client:
        back = Owner(client, owner.id, owner.token, {})
        assert await back.reads() == before
        await back.says("つづきです")
    assert rasa.received[-1]["metadata"]["state"] == {"turns": 1}


async def test_owners_go_on_while_it_is_done(
    settings: GatewaySettings, database: Engine, rasa: FakeRasa, tmp_path: Path
) -> None:
    """New key, several passes and the old key dropped, amid sixty messages."""
    file = settings.model_copy(update={"secret_keys": SecretStr(""), "data_dir": tmp_path / "data"})
    keyring = keys_for(file)
    assert isinstance(keyring, KeyFile)
    use_keys(database, keyring)
    async with gateway(file.model_copy(update={"reply_wait_seconds": 5})) as client:
        owners = [await Owner.opens(client) for _ in range(6)]

        async def talks(owner: Owner) -> None:
            for n in range(10):
                assert (await owner.says(f"質問{n}"))[0]["text"] == f"お答え：質問{n}"

        talking = asyncio.gather(*(talks(owner) for owner in owners))
        await asyncio.sleep(0.1)
        keyring.add()
        passes = 0
        while not talking.done() or passes < 3:
            await asyncio.to_thread(reseal, database, keyring)
            passes += 1
        await talking
        while await asyncio.to_thread(reseal, database, keyring):
            pass
        assert keyring.drop_old() == 1
        for owner in owners:
            said = [m["text"] for m in await owner.reads()]
            assert said[1:] == [text for n in range(10) for text in (f"質問{n}", f"お答え：質問{n}")]
            assert await owner.says("まだ読めますか")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_changed_in_between_is_not_overwritten(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A state that is saved between reading and writing stays."""
    check_keys(database)
    both = GivenKeys([NEWER, KEY])
    opened = GivenKeys.open

    def opens_slowly(keys: GivenKeys, token: str) -> str:
        if keys is both:
            with database.connect() as connection:
                connection.exec_driver_sql("UPDATE key_probe SET sample = 'changed meanwhile'")
                connection.commit()
        return opened(keys, token)

    monkeypatch.setattr(GivenKeys, "open", opens_slowly)
    reseal(database, both)
    with database.connect() as connection:
        assert connection.exec_driver_sql("SELECT sample FROM key_probe").scalar() == "changed meanwhile"


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
def test_a_row_that_somebody_holds_is_left_to_the_next_pass(database: Engine) -> None:
    check_keys(database)
    both = GivenKeys([NEWER, KEY])
    with database.begin() as holder:
        holder.exec_driver_sql("SELECT * FROM key_probe FOR UPDATE")
        assert reseal(database, both) == 1
    assert reseal(database, both) == 1
    assert reseal(database, both) == 0


def test_the_keys_of_another_database_are_refused(database: Engine) -> None:
    check_keys(database)
    check_keys(database)
    use_keys(database, GivenKeys([NEWER]))
    with pytest.raises(KeysMissing):
        check_keys(database)


async def test_with_a_lost_key_nothing_is_rewritten(owner: Owner, database: Engine) -> None:
    await owner.says("質問です")
    before = tokens(database)
    with pytest.raises(KeysMissing):
        reseal(database, GivenKeys([NEWER]))
    assert tokens(database) == before


@pytest.mark.parametrize("given", [[], ["short"], [KEY, "あ"], ["=" * 44]])
def test_a_key_of_another_form_is_named(given: list[str]) -> None:
    with pytest.raises(KeysUnreadable):
        GivenKeys(given)


def test_a_key_file_is_for_its_owner_alone_and_read_again_when_it_changes(tmp_path: Path) -> None:
    settings = GatewaySettings(_env_file=None, data_dir=tmp_path)
    one, another = keys_for(settings), keys_for(settings)
    assert isinstance(one, KeyFile)
    file = tmp_path / "secret.keys"
    assert file.stat().st_mode & 0o777 == 0o600
    sealed = one.seal("質問")
    one.add()
    assert file.stat().st_mode & 0o777 == 0o600
    assert another.open(sealed) == "質問"
    assert not another.is_newest(sealed)
    one.drop_old()
    with pytest.raises(KeysMissing):
        another.open(sealed)
    assert list(tmp_path.iterdir()) == [file]


def test_a_damaged_token_is_refused(database: Engine) -> None:
    keys = GivenKeys([KEY])
    sealed = keys.seal("質問")
    for damaged in (sealed[:-2] + "AA", "", "質問", new_key()):
        with pytest.raises(KeysMissing):
            keys.open(damaged)
