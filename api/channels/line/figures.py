"""What operators watch of LINE: messages that were paid for, and how many may be."""

from collections.abc import Iterator

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from api.channels.line.accounts import Accounts
from api.channels.line.pushes import Pushes


class Figures(Collector):
    """Read from the database when they are asked for."""

    def __init__(self, accounts: Accounts, pushes: Pushes) -> None:
        self._accounts, self._pushes = accounts, pushes

    def describe(self) -> Iterator[GaugeMetricFamily]:
        yield from _families()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        pushed, quota = _families()
        counts = self._pushes.counts()
        for account, most in self._accounts.quotas():
            pushed.add_metric([account], counts.get(account, 0))
            quota.add_metric([account], most)
        yield from (pushed, quota)


def _families() -> tuple[GaugeMetricFamily, GaugeMetricFamily]:
    return (
        GaugeMetricFamily("mamori_line_pushes", "Messages pushed this month", labels=["account"]),
        GaugeMetricFamily(
            "mamori_line_push_quota", "Messages that may be pushed a month", labels=["account"]
        ),
    )
