"""``mamori soak``: thousands of messages at three doors, delivered up to three times and out of order.

The engine is killed twice meanwhile. Nothing may be lost, counted twice or answered out of order, and every
answer must be that of a calm run. LINE and Slack are the stand-ins of ``ops/rehearsal``.
"""

import asyncio
import tempfile
from contextlib import ExitStack
from pathlib import Path

from ops import training
from ops.bench.stack import Stack
from ops.database import opened
from ops.rehearsal.line import LineStandIn
from ops.rehearsal.serving import Server
from ops.rehearsal.slack import SlackStandIn, Team
from ops.settings import OperatorSettings
from ops.soak.soaking import Plan, Soak, soak
from ops.soak.ways import LINE_SECRET, LINE_TOKEN, SLACK_SECRET, Line, Slack

TEAM = Team("T0SOAK", "xoxb-soak", "U0SOAKBOT")


def run(settings: OperatorSettings, plan: Plan, *, database: str = "") -> Soak:
    """A soak on a stack of its own, in a folder that is removed afterwards.

    ``database`` is the URL of an empty database; without it, SQLite in that folder.
    """
    model = training.train(settings)
    with tempfile.TemporaryDirectory(prefix="mamori-soak-") as folder, ExitStack() as until_over:
        line, slack = LineStandIn(LINE_TOKEN), SlackStandIn(TEAM)
        line_url = until_over.enter_context(Server(line.app))
        slack.url = until_over.enter_context(Server(slack.app))
        stack = Stack(
            Path(folder) / "data",
            model.parent,
            DATABASE_URL=database,
            LINE_CHANNEL_SECRET=LINE_SECRET,
            LINE_CHANNEL_ACCESS_TOKEN=LINE_TOKEN,
            LINE_API_BASE=line_url,
            LINE_MONTHLY_PUSHES="1000000",
            SLACK_SIGNING_SECRET=SLACK_SECRET,
            SLACK_BOT_TOKEN=TEAM.bot_token,
            SLACK_API_BASE=f"{slack.url}/api/",
        )
        until_over.enter_context(stack.running())
        own = OperatorSettings(_env_file=None, data_dir=Path(folder) / "data", database_url=database)
        engine = until_over.enter_context(opened(own))
        return asyncio.run(soak(stack, engine, (Line(line), Slack(slack, TEAM)), plan))
