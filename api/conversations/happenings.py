"""What can happen at a door that is answered by sending, told in the house's words by its adapter."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Unreadable = Literal["image", "video", "audio", "file", "location", "sticker", "other"]


@dataclass(frozen=True)
class Whence:
    """Who writes, where, and through which account of which door.

    ``names`` are the platform's ids that make a conversation of its own: a person, or a person in a
    group or thread. ``address`` is what the door needs to write to them unasked.
    """

    channel: str
    account: str
    association: str
    names: tuple[str, ...]
    address: dict[str, Any] = field(repr=False)
    is_private: bool = True
    """Whether nobody else reads what is said there."""

    @property
    def lookup(self) -> str:
        """An account that goes over to another association begins anew with everybody."""
        return hashed(self.association, self.channel, self.account, *self.names)


@dataclass(frozen=True)
class Happening:
    """``key`` is the platform's name of the event, the same when it is delivered again.

    ``route`` tells the door where the answer goes; ``at`` is the door's own time.
    """

    key: str
    whence: Whence
    at: datetime
    route: dict[str, Any] = field(repr=False)


@dataclass(frozen=True)
class Said(Happening):
    """Words or a button. ``source`` is the platform's name of the message, by which it is taken back."""

    text: str | None = field(default=None, repr=False)
    choice: str | None = None
    source: str | None = None


@dataclass(frozen=True)
class Showed(Happening):
    """Something that cannot be read: a picture, a sticker."""

    what: Unreadable = "other"


@dataclass(frozen=True)
class Came(Happening):
    """Became a friend, or opened the door for the first time: is greeted."""


@dataclass(frozen=True)
class Hears(Happening):
    """Did something that the door itself has words for; they are sent as a notice."""

    text: str = ""


@dataclass(frozen=True)
class Left(Happening):
    """Blocked the account: is sent nothing until they come back."""


@dataclass(frozen=True)
class TookBack(Happening):
    """Took a message back: its words are deleted."""

    source: str = ""


@dataclass(frozen=True)
class Rated(Happening):
    """Pressed a thumb under an answer."""

    message_id: str = ""
    rating: Literal["up", "down"] = "up"
    comment: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Forgets(Happening):
    """Asked at the door itself, and confirmed there, that everything kept be deleted."""


def hashed(*parts: str) -> str:
    """One name for several, from which they cannot be read."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
