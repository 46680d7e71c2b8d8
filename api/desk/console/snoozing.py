"""Until when a case may be put aside: a few moments people mean, rather than a calendar."""

from datetime import datetime, time, timedelta

from api.instants import JAPAN, now

SNOOZES = {
    "hour": "1時間後",
    "evening": "夕方（16時）",
    "morning": "明日の朝（9時）",
    "monday": "次の月曜の朝",
    "week": "1週間後",
}
_MORNING, _EVENING = time(9), time(16)


def until(choice: str) -> datetime | None:
    """The moment meant, in real time; None for none of ours. An evening that has passed is tomorrow's."""
    at = now().astimezone(JAPAN)
    tomorrow = at.date() + timedelta(days=1)
    monday = at.date() + timedelta(days=7 - at.weekday())
    evening = datetime.combine(at.date(), _EVENING, JAPAN)
    meant = {
        "hour": at + timedelta(hours=1),
        "evening": evening if evening > at else evening + timedelta(days=1),
        "morning": datetime.combine(tomorrow, _MORNING, JAPAN),
        "monday": datetime.combine(monday, _MORNING, JAPAN),
        "week": at + timedelta(days=7),
    }
    return meant.get(choice)
