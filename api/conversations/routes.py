"""The conversation API of the contract: parse, call, return."""

from collections.abc import AsyncIterable, AsyncIterator, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.conversations.incoming import read_incoming, read_opinion
from api.conversations.schemas import (
    Link,
    MessageOut,
    Messages,
    NewConversation,
    NewFeedback,
    NewMessage,
    Opened,
    Profile,
)
from api.conversations.service import Conversations
from api.conversations.streams import Stream
from api.errors import TokenRefused
from api.problems import documented
from api.rate_limits import address_of, limit_conversations, limit_messages
from api.tables import Conversation, Message

router = APIRouter(prefix="/api/v1/conversations", tags=["conversations"])
_bearer = HTTPBearer(auto_error=False, description="The token given with the conversation")


async def conversations(request: Request) -> Conversations:
    service: Conversations = request.app.state.conversations
    return service


Service = Annotated[Conversations, Depends(conversations)]


def own_conversation(
    service: Service,
    conversation_id: Annotated[str, Path()],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Conversation:
    if credentials is None:
        raise TokenRefused
    return service.recognise(conversation_id, credentials.credentials)


Own = Annotated[Conversation, Depends(own_conversation)]


async def own_stream(service: Service, conversation: Own) -> AsyncIterator[Stream]:
    with service.listening(conversation.id) as stream:
        yield stream


@router.post(
    "",
    status_code=201,
    dependencies=[Depends(limit_conversations)],
    responses=documented(400, 408, 413, 422, 429, 503),
)
def open_conversation(
    service: Service, request: Request, response: Response, body: NewConversation | None = None
) -> Opened:
    """Opens a conversation; the first message is the greeting."""
    conversation, token, greeting = service.open(body.association if body else None, address_of(request))
    response.headers["Location"] = f"{router.prefix}/{conversation.id}"
    return Opened(
        conversation_id=conversation.id, token=token, **_shown(conversation, [greeting]).model_dump()
    )


@router.post(
    "/{conversation_id}/messages",
    dependencies=[Depends(limit_messages)],
    responses=documented(400, 401, 404, 408, 409, 413, 422, 429, 503),
)
async def post_message(service: Service, conversation: Own, body: NewMessage) -> Messages:
    """Stores the owner's message and returns the replies to it, in order."""
    incoming = read_incoming(body.text, body.choice, body.client_message_id)
    mode, messages = await service.post(conversation.id, incoming)
    return _told(mode, messages)


@router.get("/{conversation_id}/messages", responses=documented(401, 404, 422, 503))
def read_messages(
    service: Service,
    conversation: Own,
    after: Annotated[str | None, Query(description="A message id; unknown ones replay everything")] = None,
) -> Messages:
    """Both sides of the conversation, oldest first."""
    return _shown(conversation, service.messages(conversation.id, after))


@router.get("/{conversation_id}/profile", responses=documented(401, 404, 422, 503))
def read_profile(service: Service, conversation: Own) -> Profile:
    """What the advisor believes about the company, and what its last self-check came to."""
    return service.profile(conversation)


@router.get(
    "/{conversation_id}/events",
    response_class=EventSourceResponse,
    responses=documented(401, 404, 422, 429, 503),
)
async def read_events(
    service: Service,
    conversation: Own,
    stream: Annotated[Stream, Depends(own_stream)],
    last_event_id: Annotated[str | None, Header(description="The last message seen; none: all")] = None,
) -> AsyncIterable[ServerSentEvent]:
    """`mode`, the messages after the last one seen, then `message`, `mode` and `typing` as they come."""
    async for event in service.events(conversation.id, stream, last_event_id):
        yield event


@router.post(
    "/{conversation_id}/feedback",
    status_code=204,
    dependencies=[Depends(limit_messages)],
    responses=documented(400, 401, 404, 408, 413, 422, 429, 503),
)
def rate_answer(service: Service, conversation: Own, body: NewFeedback) -> None:
    """Keeps what the owner thinks of one answer; a second opinion replaces the first."""
    service.rate(conversation.id, read_opinion(body.message_id, body.rating, body.comment))


@router.post(
    "/{conversation_id}/link",
    status_code=201,
    dependencies=[Depends(limit_messages)],
    responses=documented(401, 404, 422, 429, 503),
)
def link_conversation(service: Service, conversation: Own) -> Link:
    """A code to write to Mamori on LINE or Slack within ten minutes: profile and self-check go along."""
    return service.link(conversation)


@router.delete("/{conversation_id}", status_code=204, responses=documented(401, 404, 422, 503))
async def delete_conversation(service: Service, conversation: Own) -> None:
    """Deletes all that is kept of the conversation; its token opens nothing afterwards."""
    await service.delete(conversation.id)


def _shown(conversation: Conversation, messages: Sequence[Message]) -> Messages:
    return _told(conversation.mode, messages)


def _told(mode: str, messages: Sequence[Message]) -> Messages:
    shown: list[Any] = [MessageOut.model_validate(message) for message in messages]
    return Messages.model_validate({"mode": mode, "messages": shown})
