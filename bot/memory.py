"""A tracker store that forgets.

The gateway's database is the only memory of a conversation. With nothing kept here, Rasa needs no
deletion of its own, no message text lies in its memory, and a turn costs the same after the 300th
message as after the first (kept trackers made it five times slower).
"""

from __future__ import annotations

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.trackers import DialogueStateTracker


class ForgetfulTrackerStore(InMemoryTrackerStore):
    """Every turn begins with an empty tracker.

    In endpoints.yml: `tracker_store: {type: bot.memory.ForgetfulTrackerStore}`.
    """

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Let events pass to a broker, if one is configured, and keep nothing."""
        await self.stream_events(tracker)
