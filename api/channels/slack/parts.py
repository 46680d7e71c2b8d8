"""What both ways of the Slack door, in and out, work with."""

from dataclasses import dataclass

from api.channels.slack.aside import Aside
from api.channels.slack.calls import Slack
from api.channels.slack.home import Home
from api.channels.slack.wording import SlackWording
from api.channels.slack.workspaces import Workspaces


@dataclass(frozen=True)
class Parts:
    slack: Slack
    workspaces: Workspaces
    home: Home
    aside: Aside
    wording: SlackWording
