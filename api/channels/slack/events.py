"""What the Events API tells, in the house's words; pure, and empty for whatever is nothing to us."""

from collections.abc import Mapping
from typing import Any

from api.channels.slack.places import Place, is_direct, moment
from api.channels.slack.words import plain
from api.channels.slack.workspaces import Workspace
from api.conversations.happenings import Came, Happening, Said, Showed, TookBack, Unreadable

SPOKEN = {None, "file_share", "me_message", "thread_broadcast"}
"""Subtypes with which a person says something themselves."""

Body = Mapping[str, Any]


def message(body: Body, workspace: Workspace) -> list[Happening]:
    """Something said, shown or taken back in a direct message; changed words are not said anew."""
    event = body["event"]
    if not is_direct(str(event.get("channel", ""))) or is_a_bot(event, workspace):
        return []
    if event.get("subtype") == "message_deleted":
        return _taken_back(body, workspace)
    if event.get("subtype") not in SPOKEN or not event.get("user"):
        return []
    place = Place(event["user"], event["channel"], True, event.get("thread_ts"))
    return _said(body, workspace, place)


def mention(body: Body, workspace: Workspace) -> list[Happening]:
    """Asked in a channel: answered in the thread of the question, which is begun where there is none."""
    event = body["event"]
    channel = str(event.get("channel", ""))
    if is_a_bot(event, workspace) or "edited" in event or not event.get("user") or is_direct(channel):
        return []
    place = Place(event["user"], channel, False, event.get("thread_ts") or event.get("ts"))
    return _said(body, workspace, place)


def first_visit(body: Body, workspace: Workspace) -> list[Happening]:
    """Looks into the direct message for the first time."""
    event = body["event"]
    place = Place(event["user"], str(event["channel"]), True)
    at, whence = moment(event.get("event_ts")), place.whence(workspace)
    return [Came(f"first:{place.user}", whence, at, place.route(at))]


def is_a_bot(event: Body, workspace: Workspace) -> bool:
    """Ourselves, another app, or Slack's own; none of them is ever answered."""
    user = event.get("user")
    return bool(
        event.get("bot_id")
        or event.get("bot_profile")
        or event.get("subtype") == "bot_message"
        or user in (workspace.bot_user_id, "USLACKBOT")
    )


def source(workspace: Workspace, channel: str, ts: str) -> str:
    """Slack's name of a message."""
    return f"{workspace.team_id}:{channel}:{ts}"


def _said(body: Body, workspace: Workspace, place: Place) -> list[Happening]:
    event = body["event"]
    at, found = moment(event.get("ts")), list[Happening]()
    key, whence, route = str(body["event_id"]), place.whence(workspace), place.route(at)
    text = plain(str(event.get("text") or ""), workspace.bot_user_id)
    files = [one for one in event.get("files") or [] if isinstance(one, dict)]
    if files:
        shown = f"{key}:files" if text else key
        found.append(Showed(shown, whence, at, route, what=_kind(files[0])))
    if text or not files:
        own = source(workspace, place.channel, str(event.get("ts")))
        found.append(Said(key, whence, at, route, text=text, source=own))
    return found


def _taken_back(body: Body, workspace: Workspace) -> list[Happening]:
    event = body["event"]
    before = event.get("previous_message") or {}
    if not before.get("user") or is_a_bot(before, workspace):
        return []
    at = moment(event.get("event_ts") or event.get("ts"))
    place = Place(before["user"], event["channel"], True)
    own = source(workspace, event["channel"], str(event.get("deleted_ts")))
    key = str(body["event_id"])
    return [TookBack(key, place.whence(workspace), at, place.route(at), source=own)]


def _kind(file: Mapping[str, Any]) -> Unreadable:
    kind = str(file.get("mimetype") or "").partition("/")[0]
    kinds: dict[str, Unreadable] = {"image": "image", "video": "video", "audio": "audio"}
    return kinds.get(kind, "file")
