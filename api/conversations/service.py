"""What can be done with a conversation, whichever door it came through."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from structlog.contextvars import get_contextvars

from api.conversations.bell import Listener
from api.conversations.common import Common
from api.conversations.schemas import Profile
from api.conversations.secrets_typed import without_secrets
from api.conversations.store import Incoming, Store
from api.conversations.text import spoken
from api.conversations.worker import Worker
from api.errors import TextOrChoice
from api.tables import Conversation, Message


class Conversations:
    def __init__(self, store: Store, worker: Worker, common: Common) -> None:
        self._store = store
        self._worker = worker
        self._inbox, self._bell, self._watch = common.inbox, common.bell, common.watch
        self._wording, self._settings = common.wording, common.settings

    def open(self, association: str | None) -> tuple[Conversation, str, Message]:
        slug = association or self._settings.default_association
        return self._store.open(slug, "web", self._wording.greeting)

    def recognise(self, conversation_id: str, token: str) -> Conversation:
        return self._store.recognise(conversation_id, token)

    def messages(self, conversation_id: str, after: str | None) -> Sequence[Message]:
        return self._store.messages(conversation_id, after)

    async def post(self, conversation_id: str, incoming: Incoming) -> Sequence[Message]:
        """Stores the message, waits for its replies and gives them, or one apology when they are late.

        Raises:
            ConversationUnknown: it was deleted meanwhile.
        """
        if incoming.secrets:
            incoming = replace(incoming, notice=self._wording.secret_typed.about(incoming.secrets))
        with self._worker.place() as place:
            accepted = await run_in_threadpool(self._store.put, conversation_id, incoming, place.lease)
            with self._bell.listening(accepted.turn_id) as listener:
                place.take(accepted.open_turn)
                if accepted.open_turn is not None:
                    await listener.wait(at_most_seconds=self._settings.poll_seconds)
                replies = await self._replies(accepted.turn_id, listener)
        return [*accepted.notices, *replies]

    async def _replies(self, turn_id: int, listener: Listener) -> Sequence[Message]:
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
        return await run_in_threadpool(self._inbox.apologise, turn_id, self._wording.unavailable)


def read_incoming(text: str | None, choice: str | None, client_message_id: str | None) -> Incoming:
    """Checks what a person sent before anything is stored.

    Raises:
        TextOrChoice, TextTooLong, NothingSaid
    """
    if (text is None) == (choice is None):
        raise TextOrChoice
    request_id = str(get_contextvars().get("request", ""))
    if text is None:
        return Incoming(None, choice, client_message_id, request_id=request_id)
    said = without_secrets(spoken(text))
    return Incoming(said.text, None, client_message_id, said.kinds, request_id=request_id)


def profile_of(conversation: Conversation) -> Profile:
    """The company as the advisor last saved it; a value this contract cannot show is unknown."""
    company = conversation.state.get("company")
    if not isinstance(company, dict):
        return Profile()
    try:
        return Profile.model_validate(company)
    except ValidationError:
        return Profile()
