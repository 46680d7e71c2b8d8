"""What everybody who moves turns shares: the worker, whoever posts, the event streams."""

from dataclasses import dataclass

from api.conversations.bell import Bell
from api.conversations.inbox import Inbox
from api.conversations.streams import Streams
from api.metrics import Metrics
from api.responses import Wording
from api.settings import GatewaySettings
from api.watch import Watch


@dataclass(frozen=True)
class Common:
    inbox: Inbox
    bell: Bell
    streams: Streams
    watch: Watch
    metrics: Metrics
    wording: Wording
    settings: GatewaySettings
