"""A clock of the desk's door that a test moves: sessions, codes and waits end when it says so."""

from datetime import UTC, datetime, timedelta

import pytest

from api.desk import account, attempts, audit, codes, entrance, oidc, sessions, staff

ROOMS = (account, attempts, audit, codes, entrance, oidc, sessions, staff)


class Clock:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        # the middle of a half minute, so that no code runs out while a test runs
        self.at = datetime(2026, 11, 30, 10, 0, 15, tzinfo=UTC)
        for room in ROOMS:
            if hasattr(room, "now"):
                monkeypatch.setattr(room, "now", lambda: self.at)

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)
