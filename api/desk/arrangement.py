"""How an association's desk is arranged: opening hours, service levels, notices, retention."""

import re
from datetime import date, time
from itertools import pairwise
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator
from sqlalchemy import Connection, Engine, Table, select, update

from api.conversations.once import insert_once
from api.desk.tables import Desk

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>]+")
LOOPBACK = ("127.0.0.1", "::1", "localhost")
OFFICE_DAYS: tuple[Weekday, ...] = WEEKDAYS[:5]

_DESKS: Table = Desk.__table__  # type: ignore[assignment]
Minutes = Annotated[int, Field(ge=1, le=10 * 24 * 60)]


class Span(BaseModel):
    """From ``opens`` until just before ``closes``, on one day; 00:00 closes at the day's end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens: time
    closes: time

    @model_validator(mode="after")
    def _opens_first(self) -> "Span":
        if self.closes != time(0) and self.closes <= self.opens:
            raise ValueError("終わりは、始まりより後の時刻にしてください。")
        return self


class ServiceLevels(BaseModel):
    """Minutes until the first answer is due: of office time, for an incident of the clock."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    normal: Minutes = 240
    high: Minutes = 120
    incident: Minutes = 15


class Arrangement(BaseModel):
    """What `mamori desk` and the settings page show and set; all times are Japan's.

    ``stated_minutes`` is the estimate that owners are told until there are cases to tell it from.
    ``retention_days``: None = as long as the whole house keeps conversations.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    hours: dict[Weekday, list[Span]] = Field(
        default_factory=lambda: {day: [Span(opens=time(9), closes=time(17))] for day in OFFICE_DAYS}
    )
    closed_on_holidays: bool = True
    closing_days: list[date] = Field(default=[], max_length=400)
    service: ServiceLevels = ServiceLevels()
    stated_minutes: Minutes = 60
    emails: list[str] = Field(default=[], max_length=20)
    slack_url: str = ""
    retention_days: int | None = Field(default=None, ge=1, le=3650)

    @field_validator("hours")
    @classmethod
    def _do_not_overlap(cls, hours: dict[Weekday, list[Span]]) -> dict[Weekday, list[Span]]:
        for spans in hours.values():
            spans.sort(key=lambda span: span.opens)
            for earlier, later in pairwise(spans):
                if earlier.closes == time(0) or later.opens < earlier.closes:
                    raise ValueError("同じ曜日の時間帯が重なっています。")
        return {day: hours[day] for day in WEEKDAYS if hours.get(day)}

    @field_validator("emails")
    @classmethod
    def _are_addresses(cls, emails: list[str]) -> list[str]:
        if wrong := [one for one in emails if not MAIL.fullmatch(one)]:
            raise ValueError(f"メールアドレスの形が正しくありません：{wrong[0]}")
        return list(dict.fromkeys(emails))

    @field_validator("slack_url")
    @classmethod
    def _is_safe(cls, url: str) -> str:
        """A message may name a case: it goes out encrypted, or stays on this machine."""
        parts = urlsplit(url)
        is_here = parts.scheme == "http" and parts.hostname in LOOPBACK
        if url and not (parts.hostname and (parts.scheme == "https" or is_here)):
            raise ValueError("Slack の受け口（Incoming Webhook）は https で始まるアドレスにしてください。")
        return url


class Arrangements:
    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def of(self, association: str) -> Arrangement:
        """The association's arrangement; the usual one as long as none is set."""
        with self._engine.connect() as connection:
            return arrangement_of(connection, association)

    def save(self, association: str, arrangement: Arrangement) -> None:
        with self._engine.begin() as connection:
            save(connection, association, arrangement)


def arrangement_of(connection: Connection, association: str) -> Arrangement:
    asked = select(_DESKS.c.settings, _DESKS.c.slack_url).where(_DESKS.c.association == association)
    row = connection.execute(asked).one_or_none()
    return Arrangement() if row is None else read(row.settings, row.slack_url)


def read(settings: dict[str, Any], slack_url: str | None) -> Arrangement:
    return Arrangement.model_validate(settings | {"slack_url": slack_url or ""})


def save(connection: Connection, association: str, arrangement: Arrangement) -> None:
    """In somebody's transaction; the webhook, which lets anybody write to the channel, is kept sealed."""
    values = {
        "settings": arrangement.model_dump(mode="json", exclude={"slack_url"}),
        "slack_url": arrangement.slack_url or None,
    }
    if not insert_once(connection, _DESKS, {"association": association, **values}):
        connection.execute(update(_DESKS).where(_DESKS.c.association == association).values(**values))
