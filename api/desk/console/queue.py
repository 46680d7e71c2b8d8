"""受付: the queue of cases, and the part of it that renews itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Response

from api.desk.cases import Filters, QueueLine
from api.desk.console.done import said
from api.desk.console.reaching import In, Room
from api.desk.console.showing import CHANNELS, Line

router = APIRouter(include_in_schema=False)

AT_MOST = 100
VIEWS: dict[str, tuple[str, dict[str, Any]]] = {
    "open": ("すべて", {}),
    "mine": ("自分の", {"assignee": "me"}),
    "waiting": ("未対応", {"status": "waiting"}),
    "taken": ("対応中", {"status": "taken"}),
    "overdue": ("期限切れ", {"overdue": True}),
    "snoozed": ("あとで", {"status": "snoozed"}),
    "closed": ("終わった受付", {"status": "closed"}),
}
NOTHING = {
    "mine": "あなたの受付はありません。",
    "waiting": "待っている方はいません。",
    "overdue": "期限を過ぎた受付はありません。",
}


@dataclass(frozen=True)
class Chosen:
    """What the page is narrowed to; whatever is not known means everything."""

    view: str = "open"
    channel: str = ""
    label: str = ""
    association: str = ""
    all: bool = False

    @property
    def filters(self) -> Filters:
        _, wanted = VIEWS.get(self.view, VIEWS["open"])
        return Filters(
            channel=self.channel if self.channel in CHANNELS else None,
            label=self.label or None,
            association=self.association or None,
            **wanted,
        )

    @property
    def query(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})

    def to(self, view: str) -> str:
        return f"/desk?{urlencode({**vars(self), 'view': view, 'all': ''})}"


def chosen(
    view: Annotated[str, Query(max_length=20)] = "open",
    channel: Annotated[str, Query(max_length=20)] = "",
    label: Annotated[str, Query(max_length=40)] = "",
    association: Annotated[str, Query(max_length=64)] = "",
    more: Annotated[str, Query(alias="all", max_length=4)] = "",
) -> Chosen:
    return Chosen(view if view in VIEWS else "open", channel, label, association, bool(more))


Narrowed = Annotated[Chosen, Depends(chosen)]


@dataclass(frozen=True)
class Shown:
    """The queue as a page shows it. ``newest_incident``: the number by which a new one is noticed."""

    cases: Sequence[Line]
    count: int
    waiting: int
    newest_incident: int
    labels: Sequence[str]
    nothing: str
    desks: Mapping[str, str]
    """For operators, who see several: whose case it is."""


def shown(room: Room, what: Chosen) -> Shown:
    everything = room.tickets.queue(room.member)
    lines = everything if what.filters == Filters() else room.tickets.queue(room.member, what.filters)
    return Shown(
        cases=[Line(line, room.member) for line in (lines if what.all else lines[:AT_MOST])],
        count=len(lines),
        waiting=sum(line.status == "waiting" for line in everything),
        newest_incident=max((line.id for line in everything if line.urgency == "incident"), default=0),
        labels=sorted({label for line in everything for label in line.labels}),
        nothing=_nothing(what, everything),
        desks=dict(room.desks()) if room.member.association is None else {},
    )


def _scores(room: Room) -> str:
    """What owners thought of the last ninety days, in one line."""
    given = room.tickets.scores(room.member)
    count = sum(given.values())
    if not count:
        return "この90日に、満足度のお返事はありません。"
    average = sum(score * many for score, many in given.items()) / count
    told = "、".join(f"{score}が{many}件" for score, many in sorted(given.items(), reverse=True) if many)
    return f"この90日の満足度は、平均{average:.1f}（5がいちばん良い・{count}件：{told}）。"


def _nothing(what: Chosen, everything: Sequence[QueueLine]) -> str:
    if what.channel or what.label or what.association:
        return "この条件に合う受付はありません。"
    return NOTHING.get(
        what.view, "受付はありません。" if not everything else "この条件に合う受付はありません。"
    )


@router.get("/desk")
def queue(room: In, what: Narrowed, done: str = "") -> Response:
    return room.page(
        "queue.html",
        queue=shown(room, what),
        chosen=what,
        views=[(name, words, what.to(name)) for name, (words, _) in VIEWS.items()],
        channels=CHANNELS,
        desks=room.desks() if room.member.association is None else [],
        small=False,
        current=None,
        scores=_scores(room) if what.view == "closed" else "",
        done=said(done),
        wrong="",
    )


@router.get("/desk/queue")
def renewed(room: In, what: Narrowed, small: bool = False, current: int | None = None) -> Response:
    """The list alone, as a page asks for it when something has happened."""
    its = shown(room, what)
    return room.page("_queue.html", queue=its, chosen=what, small=small, current=current)
