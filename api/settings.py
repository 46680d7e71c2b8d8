"""What the gateway can be told from outside; every name is an environment variable ``MAMORI_<NAME>``."""

import ipaddress
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator

from knowledge.settings import ROOT, StorageSettings


class GatewaySettings(StorageSettings):
    """All times are seconds."""

    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    rasa_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055"
    responses_dir: Path = ROOT / "data" / "responses"
    default_association: str = "default"
    allowed_origins: str = ""
    """Websites that may carry the default association's widget, separated by commas."""

    secret_keys: SecretStr = SecretStr("")
    """Keys that seal what owners say, newest first, separated by commas; unset: a file in the data dir."""

    redis_url: str = ""
    """Where several gateways count together; unset: each counts for itself."""

    trusted_proxies: str = ""
    """Addresses and networks, separated by commas, whose ``X-Forwarded-For`` is believed."""

    rate_limit: int = Field(default=30, ge=0)
    """Messages a minute, and new conversations a minute, per web address; 0 = no limit."""

    ticket_limit: int = Field(default=10, ge=0)
    """Cases for a person an hour, per web address and per conversation; 0 = no limit."""

    @field_validator("trusted_proxies")
    @classmethod
    def _are_addresses(cls, proxies: str) -> str:
        for proxy in _listed(proxies):
            ipaddress.ip_network(proxy)
        return proxies

    metrics_token: SecretStr = SecretStr("")
    """Opens ``/metrics`` from elsewhere than loopback; unset: it opens from nowhere else."""

    retention_days: int = Field(default=90, ge=1)
    """How long a conversation is kept after its last use (``mamori purge``)."""

    reply_wait_seconds: float = 10
    """How long a POST waits for its replies before it apologises (contract)."""

    trouble_wait_seconds: float = 2.5
    """How long it waits once an attempt has failed or the engine is known to be down."""

    line_patience_seconds: float = 40
    """When an owner on LINE is told that the answer will be late: shortly before the free reply expires."""

    line_channel_secret: SecretStr = SecretStr("")
    line_channel_access_token: SecretStr = SecretStr("")
    """With the secret: the account ``default``, of the default association; others by ``mamori line add``."""

    line_api_base: str = ""
    """Where LINE is called; unset: at LINE's own addresses."""

    line_monthly_pushes: int = Field(default=200, ge=0)
    """Messages a month that may be paid for on the account ``default``; 0 = never push."""

    slack_patience_seconds: float = 8
    slack_signing_secret: SecretStr = SecretStr("")
    slack_bot_token: SecretStr = SecretStr("")
    """With the signing secret: one workspace, whose owners belong to the default association."""

    slack_client_id: str = ""
    slack_client_secret: SecretStr = SecretStr("")
    """With the id: any number of workspaces, each installed through a link of ``mamori slack link``."""

    slack_app_token: SecretStr = SecretStr("")
    """Socket Mode, for who has no public address."""

    slack_api_base: str = "https://slack.com/api/"
    slack_retry_seconds: float = 5
    """How often Socket Mode looks whether it is still connected."""
    settle_seconds: float = 0.25
    """How long a message from LINE or Slack waits for one said before it that was delivered after it."""

    engine_timeout_seconds: float = 8
    lease_margin_seconds: float = 4
    """How much longer than the engine's time limit a lease lasts: nobody takes over a turn that runs."""

    max_attempts: int = 6
    retry_seconds: float = 1
    """Wait after the first failed attempt; trebles each time, up to ``retry_limit_seconds``."""

    retry_limit_seconds: float = 60
    postpone_seconds: float = 5
    """Until a turn is tried again that met an engine which was down; sooner when the engine is back."""

    watch_seconds: float = 2
    """How often the engine is looked at."""

    parallel_turns: int = 8
    parallel_deliveries: int = 8
    send_timeout_seconds: float = 15
    """How long LINE or Slack may take to accept an answer."""

    send_lease_margin_seconds: float = 5
    max_sendings: int = 8
    resend_seconds: float = 1
    """Wait after the first failed sending; trebles each time, up to ``resend_limit_seconds``."""

    resend_limit_seconds: float = 300
    poll_seconds: float = 0.5
    """How often the inbox is looked at without a call: retries that fall due, turns of other processes."""

    members_seconds: float = 300
    """How long an association's figure is used before it is looked at again."""

    desk_seconds: float = 5
    """How often it is looked what is overdue, wakes up or is to be sent; how long a desk's hours hold."""

    smtp_host: str = ""
    """Where notices to staff go out by mail; unset: none do."""

    smtp_port: int = 587
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = ""
    smtp_starttls: bool = True
    """Not for a server on this machine without a certificate; port 465 speaks TLS from the start."""

    notice_timeout_seconds: float = 15
    notice_seconds: float = 30
    """Wait after the first notice that failed; doubles each time, up to an hour."""

    max_notices: int = 30
    """How often one is tried: over a day."""

    max_body_bytes: int = 64 * 1024
    body_seconds: float = 10
    """How long a body may take to arrive."""

    max_streams: int = 1_000
    max_streams_per_conversation: int = 5
    stream_poll_seconds: float = 1
    """How often streams look for what another process has written."""

    oidc_issuer: str = ""
    """Where staff may log in to the desk instead of giving a password: its discovery lies below it."""

    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "勤め先のアカウント"
    """What the button of the login calls it."""

    @field_validator("oidc_issuer")
    @classmethod
    def _is_over_tls(cls, issuer: str) -> str:
        """Or on this machine."""
        parts = urlsplit(issuer)
        if issuer and parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError("must be https")
        return issuer.rstrip("/")

    @property
    def has_oidc(self) -> bool:
        return bool(self.oidc_issuer and self.oidc_client_id)

    @property
    def proxies(self) -> list[str]:
        return _listed(self.trusted_proxies)

    @property
    def origins(self) -> list[str]:
        return _listed(self.allowed_origins)

    @property
    def lease_seconds(self) -> float:
        return self.engine_timeout_seconds + self.lease_margin_seconds

    @property
    def tickets_an_hour(self) -> int:
        """None are counted where nothing is."""
        return self.ticket_limit if self.rate_limit else 0

    @property
    def notice_lease_seconds(self) -> float:
        """A mail server may take its time at each of several steps."""
        return 10 * self.notice_timeout_seconds

    @property
    def patience(self) -> dict[str, float]:
        return {"line": self.line_patience_seconds, "slack": self.slack_patience_seconds}

    @property
    def send_lease_seconds(self) -> float:
        return self.send_timeout_seconds + self.send_lease_margin_seconds

    @property
    def rasa_health_url(self) -> str:
        return f"{self.rasa_url.rstrip('/')}/webhooks/rest/"

    @property
    def actions_health_url(self) -> str:
        return f"{self.actions_url.rstrip('/')}/health"


def _listed(text: str) -> list[str]:
    return text.replace(",", " ").split()
