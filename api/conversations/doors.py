"""The doors that are answered by sending, as the core sees them."""

from typing import Any, Protocol

import structlog

from api.conversations.deliveries import Sending
from api.conversations.turns import OpenTurn
from api.errors import DeliveryTrouble

log = structlog.get_logger("doors")


class Door(Protocol):
    async def send(self, sending: Sending) -> None:
        """Brings the messages to the owner, in order, or says why not.

        Raises:
            SendLater: the platform is busy or away.
            HeldBack: there is no way now; it goes with the next answer.
            Undeliverable: there will be no way; whoever runs this must look at it.
        """

    def serves(self, association: str) -> bool:
        """Whether members of the association can write here (asks the database)."""

    async def show_thinking(self, route: dict[str, Any]) -> None:
        """Lets the owner see that an answer is coming, where the platform can show it.

        Raises:
            DeliveryTrouble: it could not be shown, which matters to nobody.
        """


class Doors:
    def __init__(self) -> None:
        self._doors: dict[str, Door] = {}

    def open(self, channel: str, door: Door) -> None:
        """From now on what is meant for this channel is sent through this door."""
        self._doors[channel] = door

    def door(self, channel: str) -> Door | None:
        return self._doors.get(channel)

    def of(self, association: str) -> list[str]:
        """The channels at which members of the association can write."""
        return [channel for channel, door in self._doors.items() if door.serves(association)]

    async def show_thinking(self, turn: OpenTurn) -> None:
        door = self._doors.get(turn.channel)
        if door is None or turn.route is None:
            return
        try:
            await door.show_thinking(turn.route)
        except DeliveryTrouble as trouble:
            log.info("thinking not shown", error=type(trouble).__name__)
