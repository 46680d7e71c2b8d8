"""Who may use which route of the desk, and what each is sent when it is walked (see `walking.py`).

A new route: one line in `ROUTES`; a new name in braces: one maker in `MADE`, given the database and the
association, which returns what stands in the address. What people can read of it carries `MARK`.
"""

from sqlalchemy import Engine

from api.desk.who import MANAGER, STAFF
from tests.api.desk.console_examples import CONSOLE, CONSOLE_MADE
from tests.api.desk.entering import hired
from tests.api.desk.walking import MARK, Made, Walk


def a_colleague(database: Engine, association: str) -> str:
    return hired(database, "staff", association, MARK).id


def new_address(_: Engine, association: str) -> str:
    new_address.count += 1  # type: ignore[attr-defined]
    return f"new{new_address.count}@{association}.example.jp"  # type: ignore[attr-defined]


new_address.count = 0  # type: ignore[attr-defined]

THE_DOOR: dict[str, Walk] = {
    "GET /desk/assets/{name}": Walk(None, is_shared=True),
    "GET /desk/login": Walk(None),
    "POST /desk/login": Walk(None, {"email": "nobody@example.jp", "password": "まちがいです"}),
    "GET /desk/code": Walk(None),
    "POST /desk/code": Walk(None, {"code": "000000"}),
    "GET /desk/enrol": Walk(None),
    "POST /desk/enrol": Walk(None, {"code": "x"}),
    "GET /desk/enrol/password": Walk(None),
    "POST /desk/enrol/password": Walk(None, {"password": "x", "again": "x"}),
    "GET /desk/enrol/codes": Walk(None),
    "POST /desk/enrol/codes": Walk(None, {"code": "000000"}),
    "GET /desk/oidc": Walk(None),
    "GET /desk/oidc/back": Walk(None),
    "POST /desk/logout": Walk(STAFF),
    "GET /desk/account": Walk(STAFF),
    "POST /desk/account/password": Walk(STAFF, {"old": "x", "new": "y", "again": "y"}),
    "POST /desk/account/codes": Walk(STAFF, {"old": "x"}),
    "POST /desk/account/sessions": Walk(STAFF, {"session": "x"}),
    "POST /desk/account/leave": Walk(STAFF),
}
STAFF_AND_JOURNAL: dict[str, Walk] = {
    "GET /desk/staff": Walk(MANAGER),
    "POST /desk/staff": Walk(
        MANAGER, {"name": "新人", "email": new_address, "role": "staff", "association": "kanazawa"}
    ),
    "POST /desk/staff/{staff_id}/reset": Walk(MANAGER),
    "POST /desk/staff/{staff_id}/disable": Walk(MANAGER),
    "POST /desk/staff/{staff_id}/enable": Walk(MANAGER),
    "POST /desk/staff/{staff_id}/unlock": Walk(MANAGER),
    "POST /desk/staff/{staff_id}/role": Walk(MANAGER, {"role": "manager"}),
    "GET /desk/journal": Walk(MANAGER),
    "GET /desk/journal.csv": Walk(MANAGER),
}
ROUTES: dict[str, Walk] = {**THE_DOOR, **STAFF_AND_JOURNAL, **CONSOLE}
MADE: Made = {
    "name": lambda *_: "desk.css",
    "staff_id": a_colleague,
    **CONSOLE_MADE,
}
