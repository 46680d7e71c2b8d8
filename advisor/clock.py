"""The day that advice is given for."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

JST = ZoneInfo("Asia/Tokyo")


def today() -> date:
    """Today in Japan, or the day of ``MAMORI_NOW`` (RFC 3339 or a plain date, JST when it has no offset).

    Raises:
        ValueError: ``MAMORI_NOW`` is neither.
    """
    fixed = os.environ.get("MAMORI_NOW")
    if not fixed:
        return datetime.now(JST).date()
    moment = datetime.fromisoformat(fixed)
    return (moment.astimezone(JST) if moment.tzinfo else moment).date()
