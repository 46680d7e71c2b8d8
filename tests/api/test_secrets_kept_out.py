"""A password, a card number, a マイナンバー typed by mistake: taken out before anything is stored."""

import json

from sqlalchemy import Engine

from knowledge.database import Base
from tests.api.fake_rasa import FakeRasa
from tests.api.owner import Owner

SECRETS = {
    "markedSecret-1234": "パスワードはmarkedSecret-1234です",
    "4111111111111111": "カードは4111-1111-1111-1111で払いました",
    "123456789018": "マイナンバーは1234 5678 9018です",
}


async def test_what_was_typed_by_mistake_is_kept_nowhere_and_the_owner_is_told(
    owner: Owner, rasa: FakeRasa, database: Engine
) -> None:
    for secret, words in SECRETS.items():
        notice, answer = await owner.says(words, client_message_id=secret)
        assert (notice["role"], notice["topic"]) == ("system", None)
        assert answer["topic"] == "measure"
        assert await owner.says(words, client_message_id=secret) == [notice, answer]
        everything = json.dumps(await owner.reads()) + json.dumps(rasa.received) + everything_in(database)
        for way in (secret, words, secret.replace("1111", "1111-").strip("-")):
            assert way not in everything


async def test_the_warning_comes_even_when_the_answer_is_late(owner: Owner, rasa: FakeRasa) -> None:
    rasa.hold()
    notice, apology = await owner.says("暗証番号は7294です")
    assert (notice["role"], apology["topic"]) == ("system", "unavailable")
    rasa.release()


async def test_what_owners_say_lies_sealed_in_the_database(
    owner: Owner, rasa: FakeRasa, database: Engine
) -> None:
    rasa.hold()
    await owner.says("従業員が顧客名簿を持ち出した")
    waiting = everything_in(database)
    rasa.release()
    await owner.reads_until("お答え")
    for kept in (waiting, everything_in(database)):
        for said in ("顧客名簿", "お答え", "どこまで", "ask_level", "turns"):
            assert said not in kept


def everything_in(database: Engine) -> str:
    with database.connect() as connection:
        return str(
            [connection.exec_driver_sql(f"SELECT * FROM {name}").all() for name in Base.metadata.tables]
        )
