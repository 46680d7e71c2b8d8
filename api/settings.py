"""What the gateway can be told from outside; every name is an environment variable ``MAMORI_<NAME>``."""

from pathlib import Path

from knowledge.settings import ROOT, StorageSettings


class GatewaySettings(StorageSettings):
    """All times are seconds."""

    port: int = 8000
    public_url: str = ""
    rasa_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055"
    responses_dir: Path = ROOT / "data" / "responses"
    default_association: str = "default"

    reply_wait_seconds: float = 10
    """How long a POST waits for its replies before it apologises (contract)."""

    engine_timeout_seconds: float = 8
    lease_margin_seconds: float = 4
    """How much longer than the engine's time limit a lease lasts: nobody takes over a turn that runs."""

    max_attempts: int = 6
    apologise_after_attempts: int = 2
    retry_seconds: float = 1
    """Wait after the first failed attempt; trebles each time, up to ``retry_limit_seconds``."""

    retry_limit_seconds: float = 60
    parallel_turns: int = 8
    poll_seconds: float = 0.5
    """How often the inbox is looked at without a call: retries that fall due, turns of other processes."""

    max_body_bytes: int = 64 * 1024

    @property
    def lease_seconds(self) -> float:
        return self.engine_timeout_seconds + self.lease_margin_seconds
