"""Style sheets and the script of the desk's pages, from the desk itself and nowhere else."""

import hashlib
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request, Response

HERE = Path(__file__).parent
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8"}
FILES = {file.name: file for file in HERE.iterdir() if file.suffix in TYPES}

router = APIRouter(include_in_schema=False)


@router.get("/desk/assets/{name}")
def asset(name: str, request: Request) -> Response:
    """Asked about each time, answered with 304."""
    file = FILES.get(name)
    if file is None:
        raise HTTPException(404)
    content = file.read_bytes()
    headers = {"Cache-Control": "no-cache", "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'}
    if headers["ETag"] in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=TYPES[file.suffix])
