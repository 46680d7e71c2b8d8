"""Where in a workspace somebody writes, and what is needed to answer them there."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from api.channels.slack.workspaces import Workspace
from api.conversations.happenings import Whence
from api.instants import now

CHANNEL = "slack"


@dataclass(frozen=True)
class Place:
    """A ``thread_ts`` of a channel is a conversation of its own; one within a direct message is not.

    ``response_url`` answers so that only the person sees it, for 30 minutes and five times.
    """

    user: str
    channel: str
    is_private: bool
    """Direct messages, and what only one person sees; everything else is read by others."""
    thread_ts: str | None = None
    response_url: str | None = field(default=None, repr=False)

    def route(self, at: datetime) -> dict[str, Any]:
        """Where the answer to what was said then goes."""
        if self.response_url is not None:
            return {"response_url": self.response_url, "at": at.timestamp()}
        return {"channel": self.channel} | ({"thread_ts": self.thread_ts} if self.thread_ts else {})

    def whence(self, workspace: Workspace) -> Whence:
        """Whose conversation it is: a person's in private, a person's within one thread elsewhere."""
        names: tuple[str, ...] = (self.user,)
        address = {"user": self.user, "channel": self.channel if is_direct(self.channel) else self.user}
        if not self.is_private:
            names = (self.channel, self.thread_ts or "", self.user)
            address = {"user": self.user, "channel": self.channel, "thread_ts": self.thread_ts or ""}
        team, association = workspace.team_id, workspace.association
        return Whence(CHANNEL, team, association, names, address, self.is_private)


def is_direct(channel: str) -> bool:
    return channel.startswith("D")


def alone(user: str) -> Place:
    """The person's own conversation, where they write to nobody but the advisor."""
    return Place(user, user, True)


def moment(ts: object) -> datetime:
    """Slack's ``1700000000.000100``; now, where there is none that can be read."""
    try:
        return datetime.fromtimestamp(float(str(ts)), UTC)
    except (ValueError, OverflowError, OSError):
        return now()
