"""A conversation belongs to one association, one door and one person."""

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from api.tables import Conversation
from tests.api.channels.plain_door import Desk, said, whence


async def test_an_account_that_goes_over_to_another_association_takes_no_conversation_along(
    plain: Desk, database: Engine
) -> None:
    await plain.takes(said("旅館組合への相談", whence=whence(association="kanazawa-ryokan")))
    await plain.takes(said("歯科医師会への相談", whence=whence(association="ishikawa-shika")))
    with Session(database) as session:
        found = session.scalars(select(Conversation.association)).all()
    assert sorted(found) == ["ishikawa-shika", "kanazawa-ryokan"]
