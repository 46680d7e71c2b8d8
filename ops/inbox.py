"""``mamori inbox`` shows what waits and what was given up, without a word of what was said."""

from collections.abc import Sequence

from rich.table import Table

from api.instants import JAPAN
from api.tables import Turn

STATUS = {"new": "順番待ち", "run": "処理中", "dead": "あきらめた"}


def as_table(turns: Sequence[Turn]) -> Table:
    table = Table("番号", "状態", "受け付けた時刻", "試した回数", "最後の不具合")
    for turn in turns:
        received = turn.created_at.astimezone(JAPAN).strftime("%Y-%m-%d %H:%M:%S")
        tried = str(turn.attempts + turn.postponed)
        table.add_row(str(turn.id), STATUS[turn.status], received, tried, turn.error or "-")
    return table
