"""What LINE's events mean in the house's words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog

from api.channels.line import letters
from api.channels.line.accounts import Account
from api.channels.line.events import Event, Message
from api.channels.line.wording import LineWording
from api.conversations.happenings import (
    Came,
    Forgets,
    Happening,
    Hears,
    Left,
    Said,
    Showed,
    TookBack,
    Unreadable,
    Whence,
)

log = structlog.get_logger("line")

CHANNEL = "line"
FORGET, FORGET_YES, FORGET_NO = "forget", "forget-yes", "forget-no"
MENU = "menu:"
_UNREADABLE: dict[str, Unreadable] = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "file": "file",
    "location": "location",
    "sticker": "sticker",
}


@dataclass(frozen=True)
class Reader:
    """Reads the events of one delivery to one account; ``came_at`` is when it came in."""

    account: Account
    wording: LineWording
    came_at: datetime

    def read(self, event: Event) -> Happening | None:
        """None: nothing that anybody here needs to know."""
        whence = self._whence(event)
        happening = None if whence is None else self._happening(event, whence)
        if happening is None:
            # the name of a type is LINE's, but nobody knows what names are yet to come
            log.info("event passed over", action=event.type[:40])
        return happening

    def _happening(self, event: Event, whence: Whence) -> Happening | None:
        known: dict[str, Any] = {"key": event.key, "whence": whence, "at": event.at}
        if event.type == "unsend" and event.unsend is not None:
            return TookBack(**known, route={}, source=event.unsend.message_id)
        if event.type in ("unfollow", "leave"):
            return Left(**known, route={})
        if event.mode != "active":
            # another program has the word in this talk just now
            return None
        return self._answered(event, known | {"route": self._route(event, whence)})

    def _answered(self, event: Event, known: dict[str, Any]) -> Happening | None:
        if event.type == "message" and event.message is not None:
            return _heard(event.message, known)
        if event.type == "postback" and event.postback is not None:
            return self._pressed(event.postback.data, known)
        if event.type == "follow":
            return Came(**known)
        return Hears(**known, text=self.wording.joined) if event.type == "join" else None

    def _pressed(self, data: str, known: dict[str, Any]) -> Happening:
        if data == FORGET:
            known["route"] = known["route"] | {"asks": FORGET}
            return Hears(**known, text=self.wording.forget)
        if data == FORGET_YES:
            return Forgets(**known)
        if data == FORGET_NO:
            return Hears(**known, text=self.wording.kept)
        said = self.wording.said_by(data.removeprefix(MENU)) if data.startswith(MENU) else None
        return Said(**known, text=said) if said else Said(**known, choice=data)

    def _whence(self, event: Event) -> Whence | None:
        source = event.source
        if source is None:
            return None
        place = source.group_id or source.room_id
        names = tuple(name for name in (place, source.user_id) if name)
        if not names:
            return None
        return Whence(
            channel=CHANNEL,
            account=self.account.name,
            association=self.account.association,
            names=names,
            address={"to": place or source.user_id},
            is_private=place is None,
        )

    def _route(self, event: Event, whence: Whence) -> dict[str, Any]:
        """``user`` only where the two are alone: LINE shows that an answer is coming nowhere else."""
        route: dict[str, Any] = {"account": self.account.name, "came_at": self.came_at.timestamp()}
        if event.reply_token:
            route["token"] = event.reply_token
        if whence.is_private:
            route["user"] = whence.address["to"]
        return route


def _heard(message: Message, known: dict[str, Any]) -> Happening | None:
    """In a group only what is said to us; whoever says it is answered there."""
    whence: Whence = known["whence"]
    if message.text is not None and message.type == "text":
        ours = [one for one in message.mention.mentionees if one.is_self] if message.mention else []
        if not (whence.is_private or ours):
            return None
        text = message.text
        # from the end, or the places of those before would move
        for one in sorted(ours, key=lambda one: one.index, reverse=True):
            text = letters.without(text, one.index, one.length)
        return Said(**known, text=text, source=message.id)
    if not whence.is_private:
        return None
    return Showed(**known, what=_UNREADABLE.get(message.type, "other"))
