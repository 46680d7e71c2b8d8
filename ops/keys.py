"""``mamori keys``: a new key, and everything sealed again with it."""

import time
from collections.abc import Callable

from api.keyring import KeyFile, Keyring, keys_for, new_key
from api.resealing import reseal
from api.settings import GatewaySettings
from ops.database import opened

SETTLE_SECONDS = 2.0
"""Longer than a transaction lasts that began before the newest key was there."""


def add(settings: GatewaySettings) -> str | None:
    """A new key into the file; where the keys come from the environment, the key for the operator to add."""
    keyring = keys_for(settings)
    if isinstance(keyring, KeyFile):
        keyring.add()
        return None
    return new_key()


def rotate(settings: GatewaySettings, resealed: Callable[[int], None]) -> None:
    """Seals everything with the newest key; may be broken off and begun again at any time.

    Raises:
        KeysMissing: the database holds what none of the known keys opens.
    """
    _until_nothing_is_old(settings, keys_for(settings), resealed)


def drop_old(settings: GatewaySettings, resealed: Callable[[int], None]) -> int | None:
    """Forgets the keys that nothing needs any more; None where they come from the environment."""
    keyring = keys_for(settings)
    if not isinstance(keyring, KeyFile):
        return None
    time.sleep(SETTLE_SECONDS)
    _until_nothing_is_old(settings, keyring, resealed)
    return keyring.drop_old()


def _until_nothing_is_old(
    settings: GatewaySettings, keyring: Keyring, resealed: Callable[[int], None]
) -> None:
    with opened(settings) as engine:
        while count := reseal(engine, keyring):
            resealed(count)
