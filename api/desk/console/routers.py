"""All rooms of the console, for `api/desk/desk.py` to open."""

from api.desk.console import (
    answering,
    conversation,
    deeds,
    events,
    export,
    keeping,
    live,
    queue,
    replies,
    settings,
    undelivered,
)

ROUTERS = [
    room.router
    for room in (
        queue,
        events,
        conversation,
        answering,
        deeds,
        keeping,
        live,
        undelivered,
        replies,
        settings,
        export,
    )
]
