"""What tests of the console look for on a page and in the journal."""

import re

import httpx2
from sqlalchemy import Engine, select

from api.desk.tables import AuditEntry


def deeds(database: Engine) -> list[tuple[str, str | None]]:
    with database.connect() as connection:
        asked = select(AuditEntry.action, AuditEntry.subject).order_by(AuditEntry.id)
        return [tuple(row) for row in connection.execute(asked)]


def hidden(page: httpx2.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page.text)
    assert found, page.text
    return found[1]
