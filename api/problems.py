"""Errors as owners meet them: one table from error to status and wording (RFC 9457, problem+json)."""

from dataclasses import dataclass
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api import errors

log = structlog.get_logger("storage")

MEDIA_TYPE = "application/problem+json"


class Problem(BaseModel):
    """``title`` says what happened, ``detail`` what to do next, both to a shop owner."""

    type: str
    title: str
    status: int
    detail: str


@dataclass(frozen=True)
class Wording:
    status: int
    name: str
    title: str
    detail: str


REFUSALS: dict[type[errors.Refusal], Wording] = {
    errors.TokenRefused: Wording(
        401,
        "token-refused",
        "この相談を開けませんでした",
        "「はじめから」を押して、新しい相談を始めてください。",
    ),
    errors.SignatureRefused: Wording(
        401,
        "signature-refused",
        "送り主を確かめられませんでした",
        "連携の設定（アカウントの名前と秘密の値）をお確かめください。",
    ),
    errors.ConversationUnknown: Wording(
        404,
        "conversation-unknown",
        "この相談は見つかりませんでした",
        "「はじめから」を押して、新しい相談を始めてください。",
    ),
    errors.AttachmentUnknown: Wording(
        404,
        "attachment-unknown",
        "この書類は見つかりませんでした",
        "期限が切れたか、相談が消されています。相談の画面で、もう一度お求めください。",
    ),
    errors.OriginRefused: Wording(
        403,
        "origin-refused",
        "このホームページからは、ご相談をお受けできません",
        "お手数ですが、ご加入の団体にお知らせください。",
    ),
    errors.NothingSaid: Wording(
        422,
        "nothing-said",
        "まだ何も書かれていないようです",
        "お困りのことを、ひとことで書いてお送りください。",
    ),
    errors.TextTooLong: Wording(
        422, "text-too-long", "文章が長すぎます", "2,000文字以内に分けて、もう一度お送りください。"
    ),
    errors.TextOrChoice: Wording(
        422,
        "text-or-choice",
        "文章か選択肢の、どちらか1つをお送りください",
        "文章を書くか、表示されている選択肢を1つ選んでください。",
    ),
    errors.ChoiceUnknown: Wording(
        422,
        "choice-unknown",
        "その選択肢は、この相談にはありません",
        "表示されている選択肢から選ぶか、文章でお書きください。",
    ),
    errors.ChoicePassed: Wording(
        409,
        "choice-passed",
        "その質問は、もう先へ進んでいます",
        "いちばん新しいお返事の選択肢から選ぶか、文章でお書きください。",
    ),
    errors.MessageIdTaken: Wording(
        409,
        "message-id-taken",
        "同じ番号で、別の内容が届いています",
        "お手数ですが、もう一度お送りください。",
    ),
    errors.MessageUnknown: Wording(
        404,
        "message-unknown",
        "そのお返事は、この相談にはありません",
        "画面を開き直して、もう一度お試しください。",
    ),
    errors.TicketUnknown: Wording(
        404,
        "ticket-unknown",
        "この受付は見つかりませんでした",
        "消されたか、ほかの団体のものです。受付の一覧からお選びください。",
    ),
    errors.TicketTaken: Wording(
        409,
        "ticket-taken",
        "ほかの担当者が先に対応を始めました",
        "受付の一覧を開き直して、対応している担当者をお確かめください。",
    ),
    errors.TicketClosed: Wording(
        409,
        "ticket-closed",
        "この受付は、もう終わっています",
        "続きがあるときは、相談の画面から対応を始めてください。",
    ),
    errors.DeskUnfit: Wording(
        422,
        "desk-unfit",
        "入力の内容を、お確かめください",
        "文字数や日時などを直して、もう一度お試しください。",
    ),
    errors.TooFast: Wording(
        429,
        "too-fast",
        "短い時間にたくさん届いています",
        "1分ほどおいて、もう一度お送りください。お急ぎの被害は、警察の相談電話 #9110 へご相談ください。",
    ),
    errors.WorkspaceUnsure: Wording(
        503,
        "workspace-unsure",
        "まだ準備ができていません",
        "少し時間をおいて、もう一度お試しください。",
    ),
    errors.LoginNeeded: Wording(
        401,
        "login-needed",
        "ログインが必要です",
        "相談デスクにログインして、もう一度お試しください。",
    ),
    errors.NotForThisRole: Wording(
        404,
        "not-found",
        "お探しのページはありません",
        "アドレスをお確かめください。",
    ),
    errors.Forged: Wording(
        403,
        "forged",
        "この操作を確かめられませんでした",
        "ページを開き直して、もう一度お試しください。",
    ),
    errors.StaffUnknown: Wording(
        404,
        "staff-unknown",
        "この担当者は見つかりませんでした",
        "担当者の一覧を開き直して、お確かめください。",
    ),
    errors.AccountKept: Wording(
        409,
        "account-kept",
        "この変更はできません",
        "ご自分のことや、ご自分より広い役割のことは、ほかの責任者か運営者にお頼みください。",
    ),
    errors.EmailTaken: Wording(
        409,
        "email-taken",
        "このメールアドレスでは登録できません",
        "ほかのメールアドレスをお使いください。",
    ),
    errors.NameUnusable: Wording(422, "name-unusable", "お名前を使えません", "40文字以内で入れてください。"),
    errors.EmailUnusable: Wording(
        422, "email-unusable", "メールアドレスの形が違うようです", "もう一度お確かめください。"
    ),
    errors.AssociationUnknown: Wording(
        422,
        "association-unknown",
        "この団体は登録されていません",
        "mamori association list でお確かめください。",
    ),
    errors.TooManyStreams: Wording(
        429,
        "too-many-streams",
        "ただいま混み合っています",
        "少し時間をおいて、もう一度お試しください。",
    ),
}

STATUSES: dict[int, Wording] = {
    w.status: w
    for w in (
        Wording(400, "unreadable", "送られた内容を読み取れませんでした", "もう一度お送りください。"),
        Wording(404, "not-found", "お探しのページはありません", "アドレスをお確かめください。"),
        Wording(405, "method-not-allowed", "この操作はできません", "はじめのページからお試しください。"),
        Wording(408, "too-slow", "送信に時間がかかりすぎました", "もう一度お送りください。"),
        Wording(413, "too-large", "送られた内容が大きすぎます", "短く分けて、もう一度お送りください。"),
        Wording(422, "invalid", "送られた内容の形が正しくありません", "もう一度お送りください。"),
        Wording(
            500,
            "internal",
            "こちらの不具合で、お受けできませんでした",
            "少し時間をおいて、もう一度お試しください。",
        ),
        Wording(503, "not-ready", "まだ準備ができていません", "少し時間をおいて、もう一度お試しください。"),
    )
}


STORAGE_UNAVAILABLE = Wording(
    503,
    "storage-unavailable",
    "ただいま、お受けできません",
    "少し時間をおいて、もう一度お送りください。お急ぎの被害は、警察の相談電話 #9110 へご相談ください。",
)
STORAGE_RETRY_SECONDS = 5


def problem(wording: Wording, *, headers: dict[str, str] | None = None, **more: Any) -> JSONResponse:
    body = Problem(
        type=f"urn:mamori:{wording.name}", title=wording.title, status=wording.status, detail=wording.detail
    )
    content = body.model_dump() | more
    return JSONResponse(content, status_code=wording.status, headers=headers, media_type=MEDIA_TYPE)


def answer(
    request: Request, wording: Wording, *, headers: dict[str, str] | None = None, **more: Any
) -> Response:
    """As a page where people read pages (the desk), as problem+json everywhere else."""
    as_page = getattr(request.app.state, "problem_page", None)
    shown: Response | None = as_page(request, wording, headers) if as_page else None
    return shown or problem(wording, headers=headers, **more)


def in_words(refusal: errors.Refusal) -> str:
    """What happened and what to do next, where there is no page to show a problem on."""
    wording = _wording_of(refusal)
    return f"{wording.title}。\n{wording.detail}"


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What a route may answer besides its success, for the OpenAPI description."""
    content = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    return {status: {"description": _described(status), "content": content} for status in (*statuses, 500)}


def install(app: FastAPI) -> None:
    app.add_exception_handler(errors.Refusal, _refused)
    app.add_exception_handler(HTTPException, _http)
    for trouble in (OperationalError, PoolTimeout):
        app.add_exception_handler(trouble, _storage_unavailable)
    app.add_exception_handler(RequestValidationError, _invalid)


async def _refused(request: Request, error: Exception) -> Response:
    wording = _wording_of(error)
    if wording.status == 401:
        return answer(request, wording, headers={"WWW-Authenticate": "Bearer"})
    if wording.status == 429:
        return answer(request, wording, headers={"Retry-After": str(error.args[0])})
    return answer(request, wording)


def _wording_of(error: Exception) -> Wording:
    return next(REFUSALS[kind] for kind in type(error).__mro__ if kind in REFUSALS)


async def _storage_unavailable(request: Request, error: Exception) -> Response:
    """A full disk, a locked file, a database that is away: nothing was stored, and it is said so."""
    log.error("storage unavailable", error=type(getattr(error, "orig", None) or error).__name__)
    return answer(request, STORAGE_UNAVAILABLE, headers={"Retry-After": str(STORAGE_RETRY_SECONDS)})


async def _http(request: Request, error: Exception) -> Response:
    """The framework's own refusals, whose English detail nobody should read."""
    assert isinstance(error, HTTPException)  # noqa: S101 - narrows the handler's signature
    fallback = STATUSES[500] if error.status_code >= 500 else STATUSES[400]
    wording = STATUSES.get(error.status_code, fallback)
    headers = dict(error.headers or {})
    if error.status_code == 405:
        headers["Allow"] = ", ".join(sorted(_methods(request)))
    return answer(request, wording, headers=headers)


def _methods(request: Request) -> set[str]:
    """All that may be done at this address; the framework names those of the first route only."""
    asked = {"type": "http", "root_path": "", "path": request.url.path}
    found: set[str] = set()
    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
        scope = asked | {"method": method}
        if any(route.matches(scope)[0] is Match.FULL for route in request.app.router.routes):
            found.add(method)
    return found


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - narrows the handler's signature
    found = error.errors()
    if any(one["type"] == "json_invalid" for one in found):
        return answer(request, STATUSES[400])
    fields = sorted({str(one["loc"][1]) for one in found if len(one["loc"]) > 1})
    return answer(request, STATUSES[422], fields=fields)


def _described(status: int) -> str:
    own = [w.title for w in REFUSALS.values() if w.status == status]
    general = [STATUSES[status].title] if status in STATUSES else []
    if status == STORAGE_UNAVAILABLE.status:
        general.append(STORAGE_UNAVAILABLE.title)
    return " / ".join(own + general)
