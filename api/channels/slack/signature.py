"""Whether a request comes from Slack, seen from its bytes alone, before anything in it is read."""

from collections.abc import Mapping
from time import time

from slack_sdk.signature import SignatureVerifier

VALID_SECONDS = 300
# a timestamp of any length would be turned into a number first
MOST_DIGITS = 12


def is_genuine(secret: str, body: bytes, headers: Mapping[str, str]) -> bool:
    """Signed with our secret within the last five minutes (Slack's ``v0`` signature)."""
    timestamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= MOST_DIGITS):
        return False
    if abs(time() - int(timestamp)) > VALID_SECONDS or not signature.isascii():
        return False
    try:
        return SignatureVerifier(secret).is_valid(body, timestamp, signature)
    except UnicodeDecodeError:
        return False
