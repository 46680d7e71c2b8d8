"""A notice as a mail: to whom, saying what, and how it is handed to the mail server (blocking)."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, parseaddr

from api.settings import GatewaySettings

TLS_PORT = 465


class MailRefused(Exception):
    """The server would not take it; ``args`` holds a short name of why, without any address."""


@dataclass(frozen=True)
class Letter:
    """``key`` names it: sent twice, a mail program shows it once."""

    key: str
    to: Sequence[str]
    subject: str
    text: str


def send(letter: Letter, settings: GatewaySettings) -> None:
    """
    Raises:
        MailRefused
    """
    if not settings.smtp_host or not settings.smtp_from:
        raise MailRefused("NoMailServer")
    try:
        with _connected(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            server.send_message(_message(letter, settings), settings.smtp_from, list(letter.to))
    except (OSError, smtplib.SMTPException) as broken:
        raise MailRefused(type(broken).__name__) from broken


def _connected(settings: GatewaySettings) -> smtplib.SMTP:
    where, patience = (settings.smtp_host, settings.smtp_port), settings.notice_timeout_seconds
    if settings.smtp_port == TLS_PORT:
        return smtplib.SMTP_SSL(*where, timeout=patience, context=ssl.create_default_context())
    server = smtplib.SMTP(*where, timeout=patience)
    if settings.smtp_starttls:
        try:
            server.starttls(context=ssl.create_default_context())
        except BaseException:
            server.close()
            raise
    return server


def _message(letter: Letter, settings: GatewaySettings) -> EmailMessage:
    message = EmailMessage()
    domain = parseaddr(settings.smtp_from)[1].rpartition("@")[2] or "localhost"
    message["Message-ID"] = f"<{letter.key}@{domain}>"
    message["Date"] = formatdate(localtime=False)
    message["From"], message["To"] = settings.smtp_from, ", ".join(letter.to)
    message["Subject"] = letter.subject
    # answers of machines that are away would come back for ever
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message
