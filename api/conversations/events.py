"""A conversation as it happens: Server-Sent Events, resumed after the last message seen."""

from collections.abc import AsyncIterator

import structlog
from fastapi.sse import ServerSentEvent
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.conversations.schemas import MessageOut
from api.conversations.store import Store
from api.conversations.streams import Stream
from api.errors import ConversationUnknown

log = structlog.get_logger("events")


async def events(
    store: Store, stream: Stream, conversation_id: str, seen: str | None
) -> AsyncIterator[ServerSentEvent]:
    """``mode`` first, then every message after the one seen, then whatever comes; until the stream is over.

    A message's event has the message's id; ``mode`` and ``typing`` have none, so that whoever comes
    back names a message. When the database is away the stream ends, and the client comes back to it.
    """
    mode, is_typing = None, False
    while not stream.is_over:
        try:
            news = await run_in_threadpool(store.news, conversation_id, seen)
        except (ConversationUnknown, SQLAlchemyError) as ended:
            log.info("stream ended", error=type(ended).__name__)
            return
        if news.mode != mode:
            mode = news.mode
            yield ServerSentEvent(event="mode", data={"mode": mode})
        for message in news.messages:
            seen = message.id
            yield ServerSentEvent(event="message", id=seen, data=MessageOut.model_validate(message))
        if news.is_typing != is_typing:
            is_typing = news.is_typing
            yield ServerSentEvent(event="typing", data={"typing": is_typing})
        await stream.touched()
