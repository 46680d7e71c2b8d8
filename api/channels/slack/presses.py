"""Buttons, dialogs and the slash command, in the house's words; pure."""

from collections.abc import Mapping
from typing import Any

from api.channels.slack.dialogs import told_in
from api.channels.slack.names import CHOICES, REASON
from api.channels.slack.places import Place, alone, is_direct, moment
from api.channels.slack.words import plain
from api.channels.slack.workspaces import Workspace
from api.conversations.happenings import Came, Forgets, Happening, Hears, Rated, Said
from api.instants import now

Body = Mapping[str, Any]


def command(body: Body, workspace: Workspace) -> list[Happening]:
    """``/mamori 質問``, answered so that only the person sees it; nothing where nothing was asked."""
    text = plain(str(body.get("text") or ""), workspace.bot_user_id)
    if not text:
        return []
    at = now()
    place = Place(body["user_id"], body["channel_id"], True, response_url=body["response_url"])
    key = str(body["trigger_id"])
    return [Said(key, place.whence(workspace), at, place.route(at), text=text)]


def chosen(body: Body, workspace: Workspace, not_yours: str) -> list[Happening]:
    """A choice. Whoever did not ask in this thread hears ``not_yours``, so that only they see it."""
    if others := _not_the_owners(body, workspace, not_yours):
        return others
    place, at = where(body), moment(action(body).get("action_ts"))
    key, whence, choice = str(body["trigger_id"]), place.whence(workspace), str(action(body).get("value", ""))
    return [Said(key, whence, at, place.route(at), choice=choice)]


def rated(body: Body, workspace: Workspace) -> list[Rated]:
    """A thumb: the value is ``up`` or ``down`` and the message it is about."""
    rating, _, message_id = str(action(body).get("value", "")).partition(" ")
    if rating not in ("up", "down"):
        return []
    place = where(body)
    at = moment(action(body).get("action_ts"))
    up = Rated(
        str(body["trigger_id"]),
        place.whence(workspace),
        at,
        place.route(at),
        message_id=message_id,
        rating="up" if rating == "up" else "down",
    )
    return [up]


def reason(body: Body, workspace: Workspace) -> list[Happening]:
    """Why an answer did not help, from the dialog, which brings back what was put into it."""
    told = told_in(body)
    place = Place(body["user"]["id"], told["channel"], bool(told["private"]), told.get("thread_ts"))
    state = body["view"]["state"]["values"][REASON][REASON]
    at = now()
    comment = Rated(
        str(body["trigger_id"]),
        place.whence(workspace),
        at,
        place.route(at),
        message_id=str(told["message"]),
        rating="down",
        comment=state.get("value"),
    )
    return [comment]


def forgets(body: Body, workspace: Workspace, not_yours: str) -> list[Happening]:
    """Asked, and confirmed in Slack's own dialog, that all be deleted: from Home, or where it was said."""
    if others := _not_the_owners(body, workspace, not_yours):
        return others
    place, at = where(body), moment(action(body).get("action_ts"))
    return [Forgets(str(body["trigger_id"]), place.whence(workspace), at, place.route(at))]


def begins(body: Body, workspace: Workspace) -> list[Happening]:
    """From Home: the greeting, in the direct message."""
    place = where(body)
    at = moment(action(body).get("action_ts"))
    return [Came(str(body["trigger_id"]), place.whence(workspace), at, place.route(at))]


def action(body: Body) -> Mapping[str, Any]:
    actions: list[Mapping[str, Any]] = body.get("actions") or [{}]
    return actions[0]


def where(body: Body) -> Place:
    """Where the button stands: Home, a direct message, a thread, or a message only one person sees."""
    user, box = body["user"]["id"], body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or box.get("channel_id")
    if not channel:
        return alone(user)
    if box.get("is_ephemeral"):
        return Place(user, channel, True, response_url=body.get("response_url"))
    message = body.get("message") or {}
    thread = box.get("thread_ts") or message.get("thread_ts")
    if is_direct(channel):
        return Place(user, channel, True, thread)
    return Place(user, channel, False, thread or message.get("ts"))


def _not_the_owners(body: Body, workspace: Workspace, not_yours: str) -> list[Happening]:
    """What somebody else hears who presses a button of this owner's."""
    user, url = body["user"]["id"], body.get("response_url")
    if owner_in(str(action(body).get("block_id", ""))) in (None, user):
        return []
    place, at = where(body), moment(action(body).get("action_ts"))
    route = Place(user, place.channel, True, response_url=url).route(at)
    return [Hears(str(body["trigger_id"]), place.whence(workspace), at, route, text=not_yours)]


def owner_in(block_id: str) -> str | None:
    """Whom the buttons of this block were offered to."""
    parts = block_id.split(":")
    return parts[1] if len(parts) == 3 and parts[0] == CHOICES else None
