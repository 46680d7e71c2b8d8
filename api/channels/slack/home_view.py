"""What the Home tab shows; pure."""

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

from api.channels.slack.buttons import forget_button
from api.channels.slack.names import BEGIN
from api.channels.slack.wording import Said, SlackWording
from api.channels.slack.words import harmless
from api.conversations.schemas import Profile, SelfCheckResult

YES_OR_NO = ("handles_personal_data", "telework", "byod", "customer_demands")
FIELD = 2_000


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
