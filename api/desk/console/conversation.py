"""One case: the conversation in the middle, the company at its right, the queue at its left."""

import secrets
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from api.desk.canned import Canned
from api.desk.cases import CLOSE_REASONS, Case
from api.desk.console import showing, sourced
from api.desk.console.done import said
from api.desk.console.placeholders import filled
from api.desk.console.previews import Preview
from api.desk.console.queue import Chosen
from api.desk.console.queue import shown as queue_shown
from api.desk.console.reaching import In, Room
from api.desk.console.showing import Line
from api.desk.console.snoozing import SNOOZES
from api.desk.who import MANAGER, OPERATOR, Member

router = APIRouter(include_in_schema=False)

SENT = {"sent": "mamori.desk.{}", "noted": "mamori.desk.note.{}"}
"""After these, the browser forgets what it kept of them (browser/src/drafts.js)."""

WRITING = ("taken", "sent")
"""After these the cursor stands where the next reply is written."""


@dataclass(frozen=True)
class Writing:
    """What somebody was in the middle of, when the page has to be shown again; ``wrongs`` by field."""

    text: str = ""
    note: str = ""
    search: str = ""
    preview: Preview | None = None
    gaps: list[str] = field(default_factory=list)
    wrong: str = ""
    wrong_text: str = ""
    wrong_sure: str = ""
    once: str = ""


@router.get("/desk/tickets/{ticket_id}")
def conversation(
    room: In,
    ticket_id: int,
    done: str = "",
    insert: Annotated[str, Query(max_length=100)] = "",
    q: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    case = room.tickets.open_one(room.member, ticket_id)
    text = _inserted(room, case, insert) if insert else ""
    return shown(room, case, Writing(text=text, search=q), done=done)


@router.get("/desk/tickets/{ticket_id}/head")
def head(room: In, ticket_id: int) -> Response:
    """Where the case stands by now, for a page that is open."""
    case = room.tickets.open_one(room.member, ticket_id, is_read=False)
    return room.page("_head.html", **_standing(case, room.member))


def shown(
    room: Room, case: Case, writing: Writing = Writing(), *, status: int = 200, done: str = ""
) -> Response:
    """The whole page of a case."""
    names = placeholder_values(room, case)
    canned = Canned(room.database).of(case.line.association)
    search = writing.search
    return room.page(
        "conversation.html",
        status=status,
        **_standing(case, room.member),
        **about(case.profile),
        **_written(writing),
        **_lines(case),
        refs=case.refs,
        past=[Line(one, room.member) for one in case.past],
        queue=queue_shown(room, Chosen()),
        chosen=Chosen(),
        small=True,
        current=case.line.id,
        signature=signature(room.member, names["団体"]),
        canned=[(reply.title, filled(reply.text, names), reply.id) for reply in canned],
        found=sourced.found(room.library, search) if search else [],
        notes=case.notes,
        undelivered=case.undelivered,
        colleagues=room.tickets.colleagues(room.member, case.line.association),
        desks=room.desks() if room.member.role == OPERATOR else [],
        close_reasons=CLOSE_REASONS,
        snoozes=SNOOZES,
        is_managing=room.member.is_at_least(MANAGER),
        writes_on=done in WRITING,
        done=said(done),
        sent=SENT.get(done, "").format(case.line.id),
    )


def _lines(case: Case) -> dict[str, Any]:
    return {
        "lines": case.transcript,
        "last": case.transcript[-1].id if case.transcript else "",
        "conversation_id": case.line.conversation_id,
        "case_id": case.line.id,
    }


def about(profile: Any) -> dict[str, Any]:
    return {
        "company": showing.company_name(profile),
        "facts": showing.facts(profile),
        "check": profile.self_check,
    }


def signature(member: Member, association: str) -> str:
    """The name above a reply, as owners see it."""
    return f"{member.name}（{association}）" if association else member.name


def placeholder_values(room: Room, case: Case) -> dict[str, str]:
    """What stands for the gaps of canned replies. No company tells its name here: its trade stands for it."""
    return {
        "会社": f"{case.profile.industry}の会社" if case.profile.industry else "ご相談者",
        "担当者": room.member.name,
        "団体": room.association_name(case.line.association),
        "受付番号": str(case.line.id),
    }


def _standing(case: Case, member: Member) -> dict[str, Any]:
    one = Line(case.line, member)
    answers = showing.who_answers(one, case.mode)
    return {"one": one, "answers": answers, "callback": case.callback, "is_held": case.is_held}


def _written(writing: Writing) -> dict[str, Any]:
    return {
        "text": writing.text,
        "note_text": writing.note,
        "search_words": writing.search,
        "preview": writing.preview,
        "gaps": writing.gaps,
        "wrong": writing.wrong,
        "wrong_text": writing.wrong_text,
        "wrong_sure": writing.wrong_sure,
        "once": writing.once or secrets.token_urlsafe(16),
    }


def _inserted(room: Room, case: Case, what: str) -> str:
    """Without JavaScript: what was picked, as the beginning of a reply."""
    kind, _, name = what.partition("/")
    if kind == "reply":
        replies = {str(reply.id): reply.text for reply in Canned(room.database).of(case.line.association)}
        return filled(replies.get(name, ""), placeholder_values(room, case))
    return sourced.by_id(room.library, what)
