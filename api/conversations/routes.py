"""The conversation API of the contract: parse, call, return."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.conversations.schemas import (
    MessageOut,
    Messages,
    NewConversation,
    NewMessage,
    Opened,
    Profile,
)
from api.conversations.service import Conversations, profile_of, read_incoming
from api.errors import TokenRefused
from api.problems import documented
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


@router.post("", status_code=201, responses=documented(400, 413, 422))
def open_conversation(service: Service, response: Response, body: NewConversation | None = None) -> Opened:
    """Opens a conversation; the first message is the greeting."""
    conversation, token, greeting = service.open(body.association if body else None)
    response.headers["Location"] = f"{router.prefix}/{conversation.id}"
    return Opened(
        conversation_id=conversation.id, token=token, **_shown(conversation, [greeting]).model_dump()
    )


@router.post("/{conversation_id}/messages", responses=documented(400, 401, 404, 409, 413, 422))
async def post_message(service: Service, conversation: Own, body: NewMessage) -> Messages:
    """Stores the owner's message and returns the replies to it, in order."""
    incoming = read_incoming(body.text, body.choice, body.client_message_id)
    return _shown(conversation, await service.post(conversation.id, incoming))


@router.get("/{conversation_id}/messages", responses=documented(401, 404, 422))
def read_messages(
    service: Service,
    conversation: Own,
    after: Annotated[str | None, Query(description="A message id; unknown ones replay everything")] = None,
) -> Messages:
    """Both sides of the conversation, oldest first."""
    return _shown(conversation, service.messages(conversation.id, after))


@router.get("/{conversation_id}/profile", responses=documented(401, 404, 422))
def read_profile(conversation: Own) -> Profile:
    """What the advisor believes about the company."""
    return profile_of(conversation)


def _shown(conversation: Conversation, messages: Sequence[Message]) -> Messages:
    shown: list[Any] = [MessageOut.model_validate(message) for message in messages]
    return Messages.model_validate({"mode": conversation.mode, "messages": shown})
