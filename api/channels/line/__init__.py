"""LINE's door: its webhook, and answers by reply or push (docs/line.ja.md)."""

from api.channels.line.door import LineDoor, opened
from api.channels.line.reading import MENU
from api.channels.line.webhook import MAX_BYTES, PREFIX, router

__all__ = ["MAX_BYTES", "MENU", "PREFIX", "LineDoor", "opened", "router"]
