"""The door to papers that came with an answer."""

from typing import Annotated, get_args
from urllib.parse import quote

from fastapi import APIRouter, Depends, Path, Request, Response

from api.conversations import attachments
from api.problems import documented
from api.rate_limits import limit_attachments
from api.replies import PAPERS

router = APIRouter(prefix=attachments.PATH, tags=["attachments"])


@router.get(
    "/{secret}",
    response_class=Response,
    responses={**documented(404, 422, 429, 503), 200: {"content": {kind: {} for kind in get_args(PAPERS)}}},
    dependencies=[Depends(limit_attachments)],
)
def read_attachment(request: Request, secret: Annotated[str, Path(max_length=64)]) -> Response:
    """The paper behind the link of a message; the link ends with the conversation or after 30 days."""
    paper = request.app.state.conversations.attachment(secret)
    headers = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(paper.filename, safe='')}",
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(paper.content, media_type=paper.media_type, headers=headers)
