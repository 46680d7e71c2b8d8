"""Tables as files that a spreadsheet opens, in which nothing anybody wrote becomes a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from fastapi import Response

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# without it Excel reads Japanese as something else
BOM = "\ufeff"


def defused(value: object) -> str:
    """As a text that stays a text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_file(name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    """``name``: ASCII, with its ending."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([defused(value) for value in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    content = (BOM + out.getvalue()).encode()
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8")
