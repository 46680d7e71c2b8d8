"""The day, and the moment, that advice is given for."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """Today in Japan, or the day of ``MAMORI_NOW`` (RFC 3339 or a plain date, JST when it has no offset).

    Raises:
        ValueError: ``MAMORI_NOW`` is neither.
    """
    return moment().date()


def moment() -> datetime:
    """Now in Japan, or the moment of ``MAMORI_NOW``; of a plain date, this time of day on it.

    Raises:
        ValueError: ``MAMORI_NOW`` is neither.
    """
    fixed, real = os.environ.get("MAMORI_NOW"), datetime.now(JST)
    if not fixed:
        return real
    if len(fixed) <= len("2026-11-23"):
        return datetime.combine(date.fromisoformat(fixed), real.time(), JST)
    told = datetime.fromisoformat(fixed)
    return told.astimezone(JST) if told.tzinfo else told.replace(tzinfo=JST)
