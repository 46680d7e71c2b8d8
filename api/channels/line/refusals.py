"""What LINE says when it does not take what is sent."""

from api.errors import HeldBack, SendLater, Undeliverable


class Refused(Exception):
    """LINE answered with something else than 2xx; ``says`` is its message, which is never logged."""

    def __init__(self, status: int, says: str, seconds: float | None) -> None:
        super().__init__(status)
        self.status, self.says, self.seconds = status, says.lower(), seconds

    @property
    def is_about_the_token(self) -> bool:
        """The reply token was used before or is too old; no message of the request was at fault."""
        return self.status == 400 and "request body" not in self.says

    @property
    def is_the_monthly_limit(self) -> bool:
        return self.status == 429 and "monthly limit" in self.says

    @property
    def may_pass(self) -> bool:
        return self.status == 429 or self.status >= 500

    def as_trouble(self) -> SendLater | HeldBack | Undeliverable:
        """What comes of it, in the house's words."""
        if self.is_the_monthly_limit:
            return HeldBack("Quota")
        if self.may_pass:
            return SendLater("Busy" if self.status == 429 else "Away", self.seconds)
        return Undeliverable("TokenRefused" if self.status in (401, 403) else "Refused")
