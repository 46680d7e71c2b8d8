"""Only LINE is listened to, and what it brings is kept before it is answered."""

import json
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from api.channels.line.accounts import Account
from api.settings import GatewaySettings
from api.tables import Arrival, Conversation
from ops.rehearsal import line_events as happen
from ops.rehearsal.line import LineStandIn
from tests.api.channels.line.phone import SECRET, TOKEN, USER, Phone, phone, somebody
from tests.api.gateway import until

OTHER_SECRET = "the-secret-of-another-channel"


def kept(database: Engine) -> int:
    with Session(database) as session:
        return session.scalar(select(func.count()).select_from(Arrival)) or 0


@pytest.mark.parametrize(
    "how",
    [
        {"signature": ""},
        {"signature": "xxxx"},
        {"signature": "署名".encode()},
        {"signature": happen.signature(OTHER_SECRET, b"{}")},
        {"account": "nobody"},
        {"account": "%2e%2e"},
        {"account": "default%00"},
        {"account": "x" * 5_000},
    ],
)
async def test_what_line_has_not_signed_is_refused_and_nothing_is_kept(
    owner: Phone, database: Engine, how: dict[str, Any]
) -> None:
    refused = await owner.delivers(owner.words("偽物です"), **how)
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["title"] == "送り主を確かめられませんでした"
    assert kept(database) == 0


async def test_a_signature_is_for_these_bytes_only(owner: Phone, database: Engine) -> None:
    body = happen.delivery(owner.words("本物です"))
    signature = happen.signature(SECRET, body)
    assert (await owner.delivers(body=body + b" ", signature=signature)).status_code == 401
    assert (await owner.delivers(body=b"", signature=signature)).status_code == 401
    assert kept(database) == 0
    assert (await owner.delivers(body=body, signature=signature)).status_code == 200
    assert kept(database) == 1


async def test_what_is_signed_and_no_delivery_is_refused(owner: Phone) -> None:
    for body in (b"", b"{", b"[]", b"null", b'{"events": 1}', b"\xff\xfe", b"[" * 200_000):
        refused = await owner.delivers(body=body)
        assert refused.status_code == 400
        assert refused.headers["content-type"] == "application/problem+json"


async def test_a_body_of_five_megabytes_is_refused_and_one_of_half_a_megabyte_is_not(
    owner: Phone, database: Engine
) -> None:
    assert (await owner.delivers(body=b" " * 5_000_000)).status_code == 413
    many = [owner.words(f"{n}" + "あ" * 1_500, somebody()) for n in range(100)]
    assert 400_000 < len(happen.delivery(*many)) < 1_000_000
    await owner.does(*many)
    assert kept(database) == 100


async def test_a_delivery_for_another_destination_is_kept_and_recorded(
    owner: Phone, capsys: pytest.CaptureFixture[str]
) -> None:
    await owner.says("ひとつめ")
    body = happen.delivery(owner.words("ふたつめ"), destination="Usomebodyelse")
    assert (await owner.delivers(body=body)).status_code == 200
    await owner.gets(2)
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["account"] for line in told if line["event"] == "destination differs"] == ["default"]


async def test_each_association_has_its_account_and_neither_opens_the_others_path(
    owner: Phone, database: Engine, line: LineStandIn
) -> None:
    line.tokens.add("token-of-ishikawa")
    ishikawa = Account("ishikawa", "ishikawa-kensetsu", OTHER_SECRET, "token-of-ishikawa", 5)
    owner.door.accounts.save(ishikawa)
    assert (await owner.delivers(owner.words("よその道"), account="ishikawa")).status_code == 401
    owner.secret = OTHER_SECRET
    assert (await owner.delivers(owner.words("よその道"))).status_code == 401
    assert (await owner.delivers(owner.words("自分の道"), account="ishikawa")).status_code == 200
    await owner.gets()
    assert line.sent[0].access_token == "token-of-ishikawa"
    owner.secret = SECRET
    await owner.says("同じ人が、別の団体に")
    await owner.gets(2)
    assert line.sent[1].access_token == TOKEN
    with Session(database) as session:
        assert {*session.scalars(select(Conversation.association))} == {
            "kanazawa-ryokan",
            "ishikawa-kensetsu",
        }
    assert owner.door.serves("ishikawa-kensetsu")
    assert owner.door.serves("kanazawa-ryokan")
    assert not owner.door.serves("toyama")
    line.tokens.discard("token-of-ishikawa")


async def test_a_changed_secret_counts_at_once(owner: Phone, line: LineStandIn) -> None:
    line.tokens |= {"old-token", "new-token"}
    accounts = owner.door.accounts
    accounts.save(Account("kanazawa", "kanazawa-ryokan", "old-secret-value", "old-token", 5))
    owner.account, owner.secret = "kanazawa", "old-secret-value"
    await owner.says("変える前")
    await owner.gets()
    accounts.save(Account("kanazawa", "kanazawa-ryokan", "new-secret-value", "new-token", 5))
    assert (await owner.delivers(owner.words("古い秘密で"))).status_code == 401
    owner.secret = "new-secret-value"
    await owner.says("変えたあと")
    await owner.gets(2)
    assert [one.access_token for one in line.sent] == ["old-token", "new-token"]
    assert accounts.remove("kanazawa")
    assert (await owner.delivers(owner.words("外したあと"))).status_code == 401
    line.tokens -= {"old-token", "new-token"}


async def test_secrets_and_tokens_lie_sealed(owner: Phone, database: Engine) -> None:
    owner.door.accounts.save(Account("kanazawa", "kanazawa-ryokan", "secret-xyz", "token-xyz", 5))
    with database.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT * FROM line_accounts").all()
    assert "kanazawa" in row
    assert not any("xyz" in str(value) for value in row)


async def test_without_an_account_the_door_is_shut(
    on_phone_settings: GatewaySettings, line: LineStandIn
) -> None:
    nothing = {"line_channel_secret": SecretStr(""), "line_channel_access_token": SecretStr("")}
    async with phone(on_phone_settings.model_copy(update=nothing), line) as one:
        assert not one.door.serves("kanazawa-ryokan")
        assert (await one.delivers(one.words("だれかいますか"))).status_code == 401
        one.secret = ""
        assert (await one.delivers(one.words("だれかいますか"))).status_code == 401


async def test_while_the_database_is_away_line_is_asked_to_come_again(owner: Phone, database: Engine) -> None:
    event = owner.words("なくさないで")
    with database.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE arrivals RENAME TO arrivals_away")
    try:
        assert (await owner.delivers(event)).status_code >= 500
    finally:
        with database.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE arrivals_away RENAME TO arrivals")
    await owner.does(event)
    assert (await owner.gets())[0]["text"].startswith("お答え：なくさないで")


async def test_neither_secrets_nor_words_are_in_the_log(
    owner: Phone, line: LineStandIn, capsys: pytest.CaptureFixture[str]
) -> None:
    await owner.says("給与台帳の秘密の話")
    await owner.gets()
    line.revoked = {TOKEN}
    await owner.says("もうひとつの秘密の話")
    await until(lambda: ("line", "dead") in owner.app.state.deliveries.counts())
    await owner.delivers(owner.words("偽の秘密の話"), signature="x")
    said = "".join(capsys.readouterr())
    assert "line refused" in said
    for word in ("秘密の話", SECRET, TOKEN, USER):
        assert word not in said
