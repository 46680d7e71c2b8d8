"""The rooms of the desk, as the header names them; each for those who may enter it."""

from dataclasses import dataclass

from api.desk.who import MANAGER, STAFF, Member


@dataclass(frozen=True)
class Room:
    path: str
    name: str
    least: str


ROOMS = (
    Room("/desk", "受付", STAFF),
    Room("/desk/conversations", "相談中の会話", STAFF),
    Room("/desk/undelivered", "届かなかったお返事", STAFF),
    Room("/desk/replies", "定型文", STAFF),
    Room("/desk/staff", "担当者", MANAGER),
    Room("/desk/journal", "記録", MANAGER),
    Room("/desk/settings", "設定", MANAGER),
)


@dataclass(frozen=True)
class Link:
    path: str
    name: str
    is_here: bool


def nav_of(member: Member | None, path: str) -> list[Link]:
    """What the header offers them; where they are is marked."""
    if member is None:
        return []
    here = max((r.path for r in ROOMS if _is_in(path, r.path)), key=len, default=None)
    return [Link(r.path, r.name, r.path == here) for r in ROOMS if member.is_at_least(r.least)]


def _is_in(path: str, room: str) -> bool:
    if room == "/desk":
        return path == room or path.startswith("/desk/tickets")
    return path == room or path.startswith(f"{room}/")
