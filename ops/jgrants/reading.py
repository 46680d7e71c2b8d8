"""The API's answers as plain objects: dates in Japan's time, 0 yen as unset, attachments dropped at once."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from api.instants import JAPAN
from ops.jgrants.plain_text import one_line, plain_text
from ops.jgrants.trouble import Unreadable

ATTACHMENTS = {"application_guidelines", "outline_of_grant", "application_form"}
CONTENTS = re.compile(rb'"data"\s*:\s*"(?:[A-Za-z0-9+/=]++|\\[/rn])*+"')
ID = re.compile(r"[A-Za-z0-9]{1,18}")
NAME = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")
MOST_LISTED = 2_000
MOST_YEN = 1_000_000_000_000
TITLE_LENGTH = 120


@dataclass(frozen=True)
class Listed:
    """One line of a search; ``areas`` are names such as 大分県 or 近畿地方."""

    id: str
    areas: tuple[str, ...]


@dataclass(frozen=True)
class Round:
    """One application round, in Japan's time; None where the API gives no readable date."""

    label: str
    areas: tuple[str, ...]
    area_detail: str
    start: datetime | None
    end: datetime | None


@dataclass(frozen=True)
class Detail:
    """One scheme as the API describes it; ``text`` is plain, line by line, and is kept nowhere."""

    id: str
    name: str
    title: str
    catch_phrase: str
    text: str
    purposes: tuple[str, ...]
    industries: tuple[str, ...]
    employees: str
    rate: str
    cap_yen: int | None
    taken_at_jgrants: bool | None
    rounds: tuple[Round, ...]


def read_list(body: bytes) -> list[Listed]:
    """The schemes of a search; lines without a usable id are passed over.

    Raises:
        Unreadable: no JSON, not the documented shape, or absurdly long.
    """
    result = _result(body)
    if len(result) > MOST_LISTED:
        raise Unreadable(f"{len(result)} schemes at once")
    lines = [line for line in result if ID.fullmatch(_text(line, "id"))]
    return [Listed(_text(line, "id"), _names(line, "target_area_search")) for line in lines]


def read_detail(body: bytes) -> Detail:
    """The one scheme of a detail answer, in its newer or older form.

    Raises:
        Unreadable: no JSON, not the documented shape, or without id, number or title.
    """
    result = _result(body)
    if len(result) != 1:
        raise Unreadable(f"{len(result)} schemes instead of one")
    one = result[0]
    id_, name, title = _text(one, "id"), _text(one, "name"), one_line(_text(one, "title"))
    if not (ID.fullmatch(id_) and NAME.fullmatch(name) and title):
        raise Unreadable("a scheme without id, number or title")
    return Detail(
        id=id_,
        name=name,
        title=title[:TITLE_LENGTH],
        catch_phrase=plain_text(_text(one, "subsidy_catch_phrase")),
        text=plain_text(_text(one, "detail")),
        purposes=_names(one, "use_purpose"),
        industries=_names(one, "industry"),
        employees=_text(one, "target_number_of_employees"),
        rate=one_line(_text(one, "subsidy_rate")),
        cap_yen=read_yen(one.get("subsidy_max_limit")),
        taken_at_jgrants={"有": True, "無": False}.get(_text(one, "request_reception_presence")),
        rounds=_rounds(one),
    )


def read_moment(value: object) -> datetime | None:
    """``2026-08-14T00:45:00.000Z`` or ``2026-08-14T00:45Z`` in Japan's time; None for anything else."""
    if not isinstance(value, str) or not re.match(r"20\d\d-\d\d-\d\dT", value):
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(JAPAN)


def read_yen(value: object) -> int | None:
    """A limit in yen, given as a number or its digits; 0, nothing and nonsense are: not set."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,13}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < MOST_YEN:
        return None
    return int(value) or None


def _rounds(one: dict[str, Any]) -> tuple[Round, ...]:
    """Those of ``workflow``; the older form has its one round at the top."""
    workflow = one.get("workflow")
    found = [step for step in workflow if isinstance(step, dict)] if isinstance(workflow, list) else []
    return tuple(_round(step) for step in found or [one])


def _round(step: dict[str, Any]) -> Round:
    start, end = (read_moment(step.get(f"acceptance_{side}_datetime")) for side in ("start", "end"))
    if start and end and end < start:
        start = end = None
    return Round(
        label=one_line(_text(step, "fiscal_year_round"))[:40],
        areas=_names(step, "target_area_search"),
        area_detail=one_line(_text(step, "target_area_detail")),
        start=start,
        end=end,
    )


def _result(body: bytes) -> list[dict[str, Any]]:
    """Guidelines and forms are other people's, and huge: their contents go before the rest is looked at."""
    small = CONTENTS.sub(b'"data": null', body)
    try:
        answer = json.loads(small, object_pairs_hook=_without_attachments, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise Unreadable("no JSON") from error
    result = answer.get("result") if isinstance(answer, dict) else None
    if not isinstance(result, list) or not all(isinstance(one, dict) for one in result):
        raise Unreadable("no result")
    return result


def _without_attachments(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: value for key, value in pairs if key not in ATTACHMENTS}


def _text(one: dict[str, Any], key: str) -> str:
    value = one.get(key)
    return value.strip() if isinstance(value, str) else ""


def _names(one: dict[str, Any], key: str) -> tuple[str, ...]:
    """Several are parted by a slash; 「、」 is part of a name (卸売業、小売業)."""
    return tuple(filter(None, re.split(r"\s*[/／]\s*", _text(one, key))))
