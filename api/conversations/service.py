"""What can be done with a conversation, whichever door it came through."""

import asyncio
from collections.abc import Sequence

from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool

from api.conversations.bell import Bell
from api.conversations.inbox import Inbox
from api.conversations.schemas import Profile
from api.conversations.store import Incoming, Store
from api.conversations.text import spoken
from api.errors import TextOrChoice
from api.responses import Wording
from api.settings import GatewaySettings
from api.tables import Conversation, Message


class Conversations:
    def __init__(
        self, store: Store, inbox: Inbox, wording: Wording, bell: Bell, settings: GatewaySettings
    ) -> None:
        self._store = store
        self._inbox = inbox
        self._wording = wording
        self._bell = bell
        self._settings = settings

    def open(self, association: str | None) -> tuple[Conversation, str, Message]:
        slug = association or self._settings.default_association
        return self._store.open(slug, "web", self._wording.greeting)

    def recognise(self, conversation_id: str, token: str) -> Conversation:
        return self._store.recognise(conversation_id, token)

    def messages(self, conversation_id: str, after: str | None) -> Sequence[Message]:
        return self._store.messages(conversation_id, after)

    async def post(self, conversation_id: str, incoming: Incoming) -> Sequence[Message]:
        """Stores the message, waits for its replies and gives them, or one apology when they are late."""
        turn_id = await run_in_threadpool(self._store.put, conversation_id, incoming)
        self._bell.call_worker()
        return await self._replies(turn_id)

    async def _replies(self, turn_id: int) -> Sequence[Message]:
        clock = asyncio.get_running_loop().time
        deadline = clock() + self._settings.reply_wait_seconds
        with self._bell.listening(turn_id) as listener:
            while (left := deadline - clock()) > 0:
                listener.looks()
                outcome = await run_in_threadpool(self._inbox.outcome, turn_id)
                if outcome.messages is not None:
                    return outcome.messages
                if outcome.failures >= self._settings.apologise_after_attempts:
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
    words = None if text is None else spoken(text)
    return Incoming(words, choice, client_message_id)


def profile_of(conversation: Conversation) -> Profile:
    """The company as the advisor last saved it; a value this contract cannot show is unknown."""
    company = conversation.state.get("company")
    if not isinstance(company, dict):
        return Profile()
    try:
        return Profile.model_validate(company)
    except ValidationError:
        return Profile()
