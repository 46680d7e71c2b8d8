"""What listeners are told of, also when it is another process that does it."""

import asyncio
from contextlib import aclosing

from sqlalchemy import Engine

from api.conversations.events import events
from api.conversations.people import People
from api.conversations.store import Store
from api.conversations.streams import Streams
from api.settings import GatewaySettings
from tests.api.finishing import replies


async def test_a_mode_that_changed_and_changed_back_is_told(
    settings: GatewaySettings, database: Engine
) -> None:
    """Both between two looks at the database, so that it stands as it stood."""
    store, people = Store(database), People(database)
    streams = Streams(store, settings.model_copy(update={"stream_poll_seconds": 1}))
    conversation, _, greeting = store.open("default", "web", replies()[0])
    looking = asyncio.create_task(streams.run())
    with streams.listening(conversation.id) as stream:
        async with aclosing(events(store, stream, conversation.id, greeting.id)) as heard:
            told = [(await anext(heard)).data]
            # two looks at the database lie behind, the next is almost a second away
            await asyncio.sleep(2.2)
            people.set_mode(conversation.id, "human")
            streams.touch(conversation.id)
            told.append((await anext(heard)).data)
            people.set_mode(conversation.id, "bot")
            told.append((await asyncio.wait_for(anext(heard), 3)).data)
    looking.cancel()
    assert told == [{"mode": "bot"}, {"mode": "human"}, {"mode": "bot"}]
