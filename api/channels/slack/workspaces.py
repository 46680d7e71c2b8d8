"""The companies' Slacks in which the advisor may be asked: one by environment, any number by installing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from sqlalchemy import Engine, Table, delete, exists, insert, select, update

from api.instants import now
from api.settings import GatewaySettings
from api.tables import SlackWorkspace

KEPT_SECONDS = 5.0
"""How long another process's revocation may go unnoticed here; one of this process counts at once."""

REFUSED_SECONDS = 300.0
"""How long the environment's workspace is left alone after Slack has refused its token."""

_WORKSPACES: Table = SlackWorkspace.__table__  # type: ignore[assignment]
_W = _WORKSPACES.c


class BoundElsewhere(Exception):
    """The workspace belongs to another association; an operator must remove it there first."""


@dataclass(frozen=True)
class Workspace:
    """``since`` tells one installation from the next; None: it is the environment's."""

    team_id: str
    association: str
    bot_token: str = field(repr=False)
    bot_user_id: str
    since: datetime | None


class Workspaces:
    def __init__(self, engine: Engine, settings: GatewaySettings) -> None:
        self._engine = engine
        self._own_token = settings.slack_bot_token.get_secret_value()
        self._association = settings.default_association
        self._own: Workspace | None = None
        self._refused_at: float | None = None
        self._kept: dict[str, tuple[float, Workspace]] = {}

    @property
    def own_token(self) -> str:
        return self._own_token

    @property
    def is_unsure(self) -> bool:
        """There is a workspace by environment, but Slack has not told yet which one it is."""
        return bool(self._own_token) and self._own is None and self._refused_at is None

    def know_own(self, team_id: str, bot_user_id: str) -> None:
        """Slack has told which workspace the environment's token opens."""
        self._own = Workspace(team_id, self._association, self._own_token, bot_user_id, None)
        self._refused_at = None

    def find(self, team_id: str) -> Workspace | None:
        """The workspace, unless it was never installed, or is revoked. Asks the database, not Slack."""
        if self._own is not None and self._own.team_id == team_id:
            return None if self._is_refused() else self._own
        kept = self._kept.get(team_id)
        if kept is not None and monotonic() - kept[0] < KEPT_SECONDS:
            return kept[1]
        self._kept.pop(team_id, None)
        with self._engine.connect() as connection:
            asked = select(_WORKSPACES).where(_W.team_id == team_id, _W.revoked_at.is_(None))
            row = connection.execute(asked).one_or_none()
        if row is None:
            return None
        found = Workspace(row.team_id, row.association, row.bot_token, row.bot_user_id, row.created_at)
        self._kept[team_id] = monotonic(), found
        return found

    def serves(self, association: str) -> bool:
        """Whether any workspace of the association can be written in."""
        if self._own_token and association == self._association and not self._is_refused():
            return True
        with self._engine.connect() as connection:
            its = _W.association == association, _W.revoked_at.is_(None)
            return bool(connection.scalar(select(exists().where(*its))))

    def install(self, team_id: str, association: str, bot_token: str, bot_user_id: str) -> None:
        """Keeps what Slack gave, in place of what it gave to the same association before.

        Raises:
            BoundElsewhere: nothing is changed.
        """
        if self._own is not None and self._own.team_id == team_id and association != self._association:
            raise BoundElsewhere
        values = {"association": association, "bot_token": bot_token, "bot_user_id": bot_user_id}
        with self._engine.begin() as connection:
            its = _W.team_id == team_id
            bound = connection.scalar(select(_W.association).where(its).with_for_update())
            if bound is not None and bound != association:
                raise BoundElsewhere
            connection.execute(delete(_WORKSPACES).where(its))
            given = insert(_WORKSPACES).values(team_id=team_id, created_at=now(), revoked_at=None, **values)
            connection.execute(given)
        self._kept.pop(team_id, None)

    def refuse(self, workspace: Workspace) -> None:
        """Slack no longer takes this token: nothing is sent with it until it is installed anew."""
        if workspace.since is None:
            self._refused_at = monotonic()
            return
        self._revoke(workspace.team_id, _W.created_at == workspace.since)

    def refuse_own(self) -> None:
        """The environment's token was refused before Slack told whose it is."""
        self._refused_at = monotonic()

    def revoke(self, team_id: str, at: datetime) -> None:
        """The company removed the app then; an installation after that counts."""
        # Slack tells whole seconds
        self._revoke(team_id, _W.created_at < at + timedelta(seconds=1))
        if self._own is not None and self._own.team_id == team_id:
            self._refused_at = monotonic()

    def listed(self) -> Sequence[SlackWorkspace]:
        with self._engine.connect() as connection:
            rows = connection.execute(select(_WORKSPACES).order_by(_W.association, _W.team_id)).mappings()
            return [SlackWorkspace(**row) for row in rows]

    def remove(self, team_id: str) -> bool:
        """Forgets the workspace and its token; returns whether it was known."""
        self._kept.pop(team_id, None)
        with self._engine.begin() as connection:
            removed = delete(_WORKSPACES).where(_W.team_id == team_id).returning(_W.team_id)
            return connection.scalar(removed) is not None

    def _is_refused(self) -> bool:
        return self._refused_at is not None and monotonic() - self._refused_at < REFUSED_SECONDS

    def _revoke(self, team_id: str, which: object) -> None:
        self._kept.pop(team_id, None)
        its = _W.team_id == team_id, _W.revoked_at.is_(None), which
        with self._engine.begin() as connection:
            connection.execute(update(_WORKSPACES).where(*its).values(revoked_at=now()))  # type: ignore[arg-type]
