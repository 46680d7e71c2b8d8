"""The menu below a talk on LINE: its picture, its fields, and putting it in place of the one before."""

import hashlib
import json
from pathlib import Path
from typing import Any

import typst
from linebot.v3.messaging import (
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    AsyncMessagingApiBlob,
    Configuration,
    RichMenuRequest,
)

from api.channels.line import MENU
from api.channels.line.wording import LineWording, MenuButton
from knowledge.settings import ROOT

TEMPLATE = Path(__file__).with_name("line_menu.typ")
FONTS = ROOT / "actions" / "papers" / "fonts"
WIDTH, HEIGHT = 2500, 1686
ABOVE = 3
"""So many fields stand in the upper row, the rest in the lower one."""

MOST_BYTES = 1024 * 1024
OURS = "mamori-"


def picture(wording: LineWording) -> bytes:
    """The menu as a PNG of LINE's size."""
    fields = [button.model_dump() | bounds for button, bounds in _placed(wording.menu)]
    image = typst.compile(
        TEMPLATE,
        format="png",
        ppi=72.0,
        font_paths=typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS]),
        sys_inputs={"fields": json.dumps(fields, ensure_ascii=False)},
    )
    assert isinstance(image, bytes) and len(image) <= MOST_BYTES  # noqa: S101, PT018 - one page, of fixed size
    return image


def menu(wording: LineWording, image: bytes) -> RichMenuRequest:
    """Its name tells whether anything has changed."""
    areas = [
        {
            "bounds": bounds,
            "action": {
                "type": "postback",
                "label": button.label,
                "data": f"{MENU}{button.action}",
                "displayText": button.says,
            },
        }
        for button, bounds in _placed(wording.menu)
    ]
    made = {
        "size": {"width": WIDTH, "height": HEIGHT},
        "selected": True,
        "chatBarText": wording.bar,
        "areas": areas,
    }
    whole = json.dumps(made, sort_keys=True).encode() + image
    return RichMenuRequest.from_dict(made | {"name": f"{OURS}{hashlib.sha256(whole).hexdigest()[:16]}"})


async def install(token: str, base: str, wording: LineWording) -> bool:
    """The menu is there and shown to everybody, and none of ours beside it; whether anything was done.

    Raises:
        linebot.v3.messaging.ApiException: LINE has refused.
    """
    image = picture(wording)
    wanted = menu(wording, image)
    async with AsyncApiClient(Configuration(access_token=token, host=base.rstrip("/") or None)) as client:
        api = AsyncMessagingApi(client)
        ours = [one for one in (await api.get_rich_menu_list()).richmenus if one.name.startswith(OURS)]
        same = [one.rich_menu_id for one in ours if one.name == wanted.name]
        shown = await _shown(api)
        if shown in same and len(ours) == 1:
            return False
        kept = shown if shown in same else await _add(api, client, wanted, image)
        await api.set_default_rich_menu(kept)
        for one in ours:
            if one.rich_menu_id != kept:
                await api.delete_rich_menu(one.rich_menu_id)
    return True


async def _add(api: AsyncMessagingApi, client: AsyncApiClient, wanted: RichMenuRequest, image: bytes) -> str:
    menu_id: str = (await api.create_rich_menu(wanted)).rich_menu_id
    blob = AsyncMessagingApiBlob(client)
    await blob.set_rich_menu_image(menu_id, bytearray(image), _headers={"Content-Type": "image/png"})
    return menu_id


async def _shown(api: AsyncMessagingApi) -> str | None:
    try:
        shown: str = (await api.get_default_rich_menu_id()).rich_menu_id
    except ApiException as none:
        if none.status == 404:
            return None
        raise
    return shown


def _placed(buttons: list[MenuButton]) -> list[tuple[MenuButton, dict[str, Any]]]:
    """Each field with its place: whole pixels that fill the picture."""
    rows = [buttons[:ABOVE], buttons[ABOVE:]]
    placed = []
    for number, row in enumerate(rows):
        top, bottom = (HEIGHT * place // len(rows) for place in (number, number + 1))
        for index, button in enumerate(row):
            left, right = (WIDTH * place // len(row) for place in (index, index + 1))
            bounds = {"x": left, "y": top, "width": right - left, "height": bottom - top}
            placed.append((button, bounds))
    return placed
