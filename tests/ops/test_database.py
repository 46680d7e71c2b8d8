"""The migrations make just the tables the code knows, on both databases."""

import re

from alembic import command
from cryptography.fernet import Fernet
from sqlalchemy.orm import Session

from api.instants import now
from api.keyring import GivenKeys
from api.sealing import use_keys
from api.tables import Choice, Conversation, Message, Turn
from knowledge.database import connect
from ops.database import alembic_config, upgrade

KEYS = GivenKeys([Fernet.generate_key().decode()])


def test_migrations_and_tables_agree(database_url: str) -> None:
    upgrade(database_url, KEYS)
    command.check(alembic_config(database_url))


def test_upgrading_twice_changes_nothing(database_url: str) -> None:
    upgrade(database_url, KEYS)
    upgrade(database_url, KEYS)


def test_what_owners_said_before_is_sealed_and_still_read(database_url: str) -> None:
    config = alembic_config(database_url)
    config.attributes["keyring"] = KEYS
    command.upgrade(config, "0001")
    engine = connect(database_url)
    with engine.begin() as connection:
        for row in BEFORE.strip().split(";\n"):
            connection.exec_driver_sql(row)
    upgrade(database_url, KEYS)
    with engine.connect() as connection:
        raw = [connection.exec_driver_sql(f"SELECT * FROM {table}").all() for table in SAID_IN]
    assert not re.search("旅館|宿泊業|十分|ask_level", str(raw))
    use_keys(engine, KEYS)
    with Session(engine) as session:
        assert session.get_one(Conversation, "c_1").state == {"company": {"industry": "宿泊業"}}
        assert session.get_one(Message, "m_1").choices == [{"id": "ch_1", "label": "どこまでやれば十分か"}]
        assert session.get_one(Message, "m_1").text == "12人の旅館です"
        assert session.get_one(Choice, "ch_1").payload == "/ask_level"
        assert session.get_one(Turn, 1).payload == "12人の旅館です"
        session.add(Turn(**LATER))
        session.flush()
        session.rollback()
    engine.dispose()


SAID_IN = ("conversations", "inbox", "messages", "choices")
AT = "'2026-11-23 10:00:00'"
BEFORE = f"""
INSERT INTO conversations VALUES
 ('c_1', 'default', 'web', 'hash', {AT}, 'bot', '{{"company": {{"industry": "宿泊業"}}}}', 1, {AT});
INSERT INTO inbox
 (id, conversation_id, dedupe_key, fingerprint, payload, status, attempts, next_at, created_at)
 VALUES (1, 'c_1', 'key', 'print', '12人の旅館です', 'new', 0, {AT}, {AT});
INSERT INTO messages VALUES
 ('m_1', 'c_1', 1, 1, 'user', '12人の旅館です', NULL, '[]',
 '[{{"id": "ch_1", "label": "どこまでやれば十分か"}}]', '[]', {AT});
INSERT INTO choices VALUES ('ch_1', 'c_1', 'm_1', 'どこまでやれば十分か', '/ask_level', NULL)
"""
LATER = {
    "id": 2,
    "conversation_id": "c_1",
    "dedupe_key": "other",
    "fingerprint": "print",
    "payload": "つぎの質問",
    "request_id": "r_1",
    "next_at": now(),
    "created_at": now(),
}
