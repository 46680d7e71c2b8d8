"""What can be done with a conversation, whichever door it came through."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

from fastapi.sse import ServerSentEvent
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api.conversations.attachments import Fetched
from api.conversations.bell import Listener
from api.conversations.common import Common
from api.conversations.doors import Doors
from api.conversations.events import events
from api.conversations.incoming import Incoming, Opinion
from api.conversations.schemas import Link, Profile
from api.conversations.store import Store
from api.conversations.streams import Stream
from api.conversations.tokens import could_be_id
from api.conversations.worker import Worker
from api.tables import Conversation, Message


class Conversations:
    def __init__(self, store: Store, worker: Worker, doors: Doors, common: Common) -> None:
        self._store, self._doors = store, doors
        self._worker = worker
        self._inbox, self._bell, self._watch = common.inbox, common.bell, common.watch
        self._streams = common.streams
        self._wording, self._settings = common.wording, common.settings

    def open(self, association: str | None, address: str) -> tuple[Conversation, str, Message]:
        slug = association or self._settings.default_association
        return self._store.open(slug, "web", self._wording.greeting, address)

    def recognise(self, conversation_id: str, token: str) -> Conversation:
        return self._store.recognise(conversation_id, token)

    def messages(self, conversation_id: str, after: str | None) -> Sequence[Message]:
        return self._store.messages(conversation_id, after)

    def profile(self, conversation: Conversation) -> Profile:
        """The company as the advisor believes it to be, and what its last self-check came to."""
        checked = self._store.last_self_check(conversation.id)
        return company_of(conversation).model_copy(update={"self_check": checked})

    def rate(self, conversation_id: str, opinion: Opinion) -> None:
        self._store.rate(conversation_id, opinion)

    def attachment(self, secret: str) -> Fetched:
        return self._store.attachment(secret)

    def link(self, conversation: Conversation) -> Link:
        """A code for going on at another door, and the doors there are."""
        told = self._store.new_code(conversation.id)
        doors: list[Any] = self._doors.of(conversation.association)
        return Link(code=told.code, expires_at=told.expires_at, doors=doors)

    async def delete(self, conversation_id: str) -> None:
        """Everything kept of it is gone; whoever waits for an answer or listens is told so."""
        await run_in_threadpool(self._store.delete, conversation_id)
        self._streams.touch(conversation_id)

    def listening(self, conversation_id: str) -> AbstractContextManager[Stream]:
        """A place for one event stream.

        Raises:
            TooManyStreams: there is none left.
        """
        return self._streams.listening(conversation_id)

    def events(
        self, conversation_id: str, stream: Stream, seen: str | None
    ) -> AsyncIterator[ServerSentEvent]:
        known = seen if seen is not None and could_be_id(seen) else None
        return events(self._store, stream, conversation_id, known)

    async def post(self, conversation_id: str, incoming: Incoming) -> tuple[str, Sequence[Message]]:
        """Stores the message, waits for its replies and gives them, or one apology when they are late.

        With them who answers by now: what was said may have called for a person.

        Raises:
            ConversationUnknown: it was deleted meanwhile.
        """
        if incoming.secrets:
            incoming = replace(incoming, notice=self._wording.secret_typed.about(incoming.secrets))
        with self._worker.place() as place:
            accepted = await run_in_threadpool(self._store.put, conversation_id, incoming, place.lease)
            self._streams.touch(conversation_id)
            with self._bell.listening(accepted.turn_id) as listener:
                place.take(accepted.open_turn)
                if accepted.open_turn is not None:
                    await listener.wait(at_most_seconds=self._settings.poll_seconds)
                replies = await self._replies(conversation_id, accepted.turn_id, listener)
        mode = await run_in_threadpool(self._store.mode, conversation_id)
        return mode, [*accepted.notices, *replies]

    async def _replies(self, conversation_id: str, turn_id: int, listener: Listener) -> Sequence[Message]:
        clock = asyncio.get_running_loop().time
        started = clock()
        while (left := started + self._settings.reply_wait_seconds - clock()) > 0:
            if listener.replies is not None:
                return listener.replies
            outcome = await run_in_threadpool(self._inbox.outcome, turn_id)
            if outcome.messages is not None:
                return outcome.messages
            troubled = outcome.has_failed or not self._watch.is_up
            if troubled and clock() - started >= self._settings.trouble_wait_seconds:
                break
            await listener.wait(at_most_seconds=min(left, self._settings.poll_seconds))
        apology = await run_in_threadpool(self._inbox.apologise, turn_id, self._wording.unavailable)
        self._streams.touch(conversation_id)
        return apology


def company_of(conversation: Conversation) -> Profile:
    """The company as the advisor last saved it; a value this contract cannot show is unknown."""
    company = conversation.state.get("company")
    if not isinstance(company, dict):
        return Profile()
    try:
        return Profile.model_validate(company)
    except ValidationError:
        return Profile()
