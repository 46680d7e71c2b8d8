"""Brings notices to the staff, by mail and to Slack: which case, how urgent, why, and the way to the desk.

Never a word of what an owner said, nor who they are. A notice that fails is tried again, longer and longer.
"""

import anyio
import httpx2
import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.desk import mail
from api.desk.cases import REASONS, URGENCIES
from api.desk.notices import Notice, Notices
from api.errors import KeysMissing
from api.settings import GatewaySettings
from knowledge.logs import where

log = structlog.get_logger("messenger")

HEADINGS = {"new": "新しい受付", "urgent": "急ぎになった受付", "overdue": "お返事の期限を過ぎた受付"}
LONGEST_WAIT_SECONDS = 3600


class Messenger:
    def __init__(self, notices: Notices, client: httpx2.AsyncClient, settings: GatewaySettings) -> None:
        self._notices, self._client, self._settings = notices, client, settings
        self._running: anyio.CancelScope | None = None
        self._is_over = False

    def stop(self) -> None:
        """What is being sent is sent, and noted, first."""
        # it may not have begun yet
        self._is_over = True
        if self._running is not None:
            self._running.cancel()

    async def run(self) -> None:
        """A notice that a process took with it is sent again when its lease has run out."""
        with anyio.CancelScope() as self._running:
            while not self._is_over:
                with anyio.CancelScope(shield=True):
                    was_sent = await self._send_one()
                await anyio.sleep(0 if was_sent else self._settings.desk_seconds)

    async def _send_one(self) -> bool:
        try:
            notice = await run_in_threadpool(self._notices.claim)
        except (SQLAlchemyError, KeysMissing) as broken:
            log.error("notices unreadable", error=type(broken).__name__)
            return False
        if notice is None:
            return False
        error = await self._try(notice)
        try:
            await run_in_threadpool(self._settle, notice, error)
        except SQLAlchemyError as broken:
            log.error("notice unsaved", error=type(broken).__name__)
            return False
        log.info("notice", status=error or "sent", attempt=notice.attempts, action=notice.kind)
        return True

    async def _try(self, notice: Notice) -> str | None:
        """The name of what went wrong."""
        try:
            if notice.way == "mail":
                await run_in_threadpool(mail.send, letter(notice, self._settings.public_url), self._settings)
            else:
                await self._to_slack(notice)
        except mail.MailRefused as refused:
            return str(refused)
        except httpx2.HTTPError as broken:
            return type(broken).__name__
        except Exception as bug:
            # one broken notice must not stop the others
            log.error("notice broke", error=type(bug).__name__, where=where(bug))
            return "Broken"
        return None

    async def _to_slack(self, notice: Notice) -> None:
        if not notice.arrangement.slack_url:
            return
        body = {"text": text(notice, self._settings.public_url)}
        patience = self._settings.notice_timeout_seconds
        response = await self._client.post(notice.arrangement.slack_url, json=body, timeout=patience)
        response.raise_for_status()

    def _settle(self, notice: Notice, error: str | None) -> None:
        if error is None:
            self._notices.finish(notice)
        elif notice.attempts >= self._settings.max_notices:
            self._notices.finish(notice, status="dead", error=error[:40])
        else:
            wait = self._settings.notice_seconds * 2 ** (notice.attempts - 1)
            self._notices.retry(notice, min(wait, LONGEST_WAIT_SECONDS), error[:40])


def heading(notice: Notice) -> str:
    urgency = URGENCIES.get(notice.ticket.urgency, notice.ticket.urgency)
    return f"{HEADINGS[notice.kind]} No.{notice.ticket.id}（{urgency}）"


def text(notice: Notice, public_url: str) -> str:
    reason = REASONS.get(notice.ticket.reason, notice.ticket.reason)
    lines = [heading(notice), f"理由：{reason}"]
    if public_url:
        lines.append(f"{public_url.rstrip('/')}/desk/tickets/{notice.ticket.id}")
    return "\n".join(lines)


def letter(notice: Notice, public_url: str) -> mail.Letter:
    subject = f"【相談デスク】{heading(notice)}"
    said = f"{text(notice, public_url)}\n\n内容は、相談デスクにログインしてご覧ください。\n"
    return mail.Letter(f"mamori-notice-{notice.id}", notice.arrangement.emails, subject, said)
