"""The Home tab: what the advisor knows of the company, how to correct it, and how to have it deleted."""

import json
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.views import View
from sqlalchemy import Engine, Table, select, update
from starlette.concurrency import run_in_threadpool

from api.channels.slack.calls import Slack, asked
from api.channels.slack.names import BEGIN
from api.channels.slack.places import CHANNEL, alone
from api.channels.slack.rendering import forget_button
from api.channels.slack.wording import Said, SlackWording
from api.channels.slack.words import harmless
from api.channels.slack.workspaces import Workspace
from api.conversations.happenings import hashed
from api.conversations.once import insert_once
from api.conversations.profiles import profile_of
from api.conversations.schemas import Profile, SelfCheckResult
from api.instants import now
from api.tables import SlackHome

NOTHING_SHOWN = ""
YES_OR_NO = ("handles_personal_data", "telework", "byod", "customer_demands")
FIELD = 2_000

_HOMES: Table = SlackHome.__table__  # type: ignore[assignment]


class Home:
    """Published for who has opened it, and again when what it shows has changed."""

    def __init__(self, engine: Engine, slack: Slack, wording: SlackWording) -> None:
        self._engine, self._slack, self._wording = engine, slack, wording

    async def open(self, workspace: Workspace, user: str) -> None:
        """Somebody has opened it.

        Raises:
            DeliveryTrouble: Slack did not take it.
        """
        lookup = _lookup(workspace, user)
        await run_in_threadpool(self._remember, lookup)
        await self._publish(workspace, user, lookup, None)

    async def refresh(self, workspace: Workspace, user: str) -> None:
        """Shows what has changed since; does nothing for who has never opened it.

        Raises:
            DeliveryTrouble: Slack did not take it.
        """
        lookup = _lookup(workspace, user)
        shown = await run_in_threadpool(self._shown, lookup)
        if shown is not None:
            await self._publish(workspace, user, lookup, shown)

    async def _publish(self, workspace: Workspace, user: str, lookup: str, shown: str | None) -> None:
        whence = alone(user).whence(workspace)
        profile = await run_in_threadpool(profile_of, self._engine, whence)
        view = home_view(profile or Profile(), self._wording)
        new = hashed(json.dumps(view, sort_keys=True))
        if new == shown:
            return
        await asked(self._slack.client(workspace.bot_token).views_publish(user_id=user, view=view))
        await run_in_threadpool(self._keep, lookup, new)

    def _remember(self, lookup: str) -> None:
        at = now()
        with self._engine.begin() as connection:
            values = {"lookup": lookup, "shown": NOTHING_SHOWN, "opened_at": at}
            if not insert_once(connection, _HOMES, values):
                connection.execute(update(_HOMES).where(_HOMES.c.lookup == lookup).values(opened_at=at))

    def _shown(self, lookup: str) -> str | None:
        with self._engine.connect() as connection:
            shown: str | None = connection.scalar(select(_HOMES.c.shown).where(_HOMES.c.lookup == lookup))
        return shown

    def _keep(self, lookup: str, shown: str) -> None:
        with self._engine.begin() as connection:
            connection.execute(update(_HOMES).where(_HOMES.c.lookup == lookup).values(shown=shown))


def home_view(profile: Profile, wording: SlackWording) -> dict[str, Any]:
    """The whole tab; pure."""
    words = wording.home
    blocks: list[Block] = [
        _heading(words["heading"]),
        SectionBlock(text=_words(words.text)),
        ActionsBlock(elements=[_begin(words)]),
        DividerBlock(),
        _heading(words["company"]),
        *_company(profile, words),
        ContextBlock(elements=[_words(words["correct"])]),
        DividerBlock(),
        _heading(words["self_check"]),
        SectionBlock(text=_words(_checked(profile.self_check, words))),
        DividerBlock(),
        _heading(words["records"]),
        SectionBlock(text=_words(wording.forget.text)),
        ActionsBlock(elements=[forget_button(wording.forget)]),
    ]
    view: dict[str, Any] = View(type="home", blocks=blocks).to_dict()
    return view


def _company(profile: Profile, words: Said) -> list[Block]:
    told = [f"*{words[name]}*\n{harmless(value)}"[:FIELD] for name, value in _facts(profile, words)]
    if not told:
        return [SectionBlock(text=_words(words["nothing"]))]
    return [SectionBlock(fields=[MarkdownTextObject(text=one, verbatim=True) for one in told])]


def _facts(profile: Profile, words: Said) -> list[tuple[str, str]]:
    place = f"{profile.prefecture or ''}{profile.municipality or ''}"
    people = words["people"].format(count=profile.employees) if profile.employees is not None else ""
    facts = [("industry", profile.industry or ""), ("employees", people), ("prefecture", place)]
    for name in YES_OR_NO:
        value = getattr(profile, name)
        facts.append((name, "" if value is None else words["yes" if value else "no"]))
    return [(name, value) for name, value in facts if value]


def _checked(result: SelfCheckResult | None, words: Said) -> str:
    if result is None:
        return words["no_self_check"]
    day = f"{result.finished_on.year}年{result.finished_on.month}月{result.finished_on.day}日"
    return "\n".join(
        (
            words["quick" if result.quick else "whole"],
            words["points"].format(points=result.points, most=result.most),
            words["finished"].format(day=day),
        )
    )


def _heading(text: str) -> Block:
    return HeaderBlock(text=PlainTextObject(text=text, emoji=False))


def _begin(words: Said) -> ButtonElement:
    text = PlainTextObject(text=words["begin"], emoji=False)
    return ButtonElement(text=text, action_id=BEGIN, value=BEGIN, style="primary")


def _words(text: str) -> MarkdownTextObject:
    return MarkdownTextObject(text=harmless(text), verbatim=True)


def _lookup(workspace: Workspace, user: str) -> str:
    return hashed(CHANNEL, "home", workspace.team_id, user)
