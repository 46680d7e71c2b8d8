"""A link with which the app is added to a workspace, made by an operator for one association."""

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from api.errors import KeysMissing
from api.instants import now
from api.keyring import Keyring

VALID_FOR = timedelta(days=7)
INSTALL_PATH = "/channels/slack/install"
# no text that is sealed elsewhere begins so: nothing that an owner wrote can serve as a ticket
_MARK = "\x00slack-install\x00"


class TicketUnusable(Exception):
    """Not made here, or expired."""


def new_ticket(keyring: Keyring, association: str) -> str:
    until = (now() + VALID_FOR).timestamp()
    return keyring.seal(_MARK + json.dumps({"association": association, "until": until}))


def link(keyring: Keyring, association: str, public_url: str) -> str:
    """The whole address, to be given to whoever may add apps in the company's Slack."""
    ticket = urlencode({"ticket": new_ticket(keyring, association)})
    return f"{public_url.rstrip('/')}{INSTALL_PATH}?{ticket}"


def association_of(keyring: Keyring, ticket: str) -> str:
    """The association it was made for.

    Raises:
        TicketUnusable
    """
    try:
        opened = keyring.open(ticket)
    except (KeysMissing, UnicodeError):
        raise TicketUnusable from None
    if not opened.startswith(_MARK):
        raise TicketUnusable
    told = json.loads(opened.removeprefix(_MARK))
    if datetime.fromtimestamp(told["until"], UTC) < now():
        raise TicketUnusable
    return str(told["association"])
