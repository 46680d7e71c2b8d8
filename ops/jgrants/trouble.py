"""What can go wrong between us and the API, each to be told in its own words."""


class Trouble(RuntimeError):
    """The API gave nothing that can be used; what we had stays."""


class NotReached(Trouble):
    """No connection, or no answer in time, however often it was tried."""


class Answered(Trouble):
    """The API answered, but with an error; ``status`` is its HTTP status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


class Busy(Answered):
    """An error that may pass by itself: 429 or one of the server's own (5xx)."""


class TooLarge(Trouble):
    """The answer is longer than we are willing to read."""


class Unreadable(Trouble):
    """The answer is no JSON, or not of the documented shape."""
