"""Login with the account of a house that answers for its people (OpenID Connect, by Authlib).

State, nonce and the secret of PKCE travel in a sealed cookie for ten minutes. Only an address that the house
has verified opens an account that is there already; from then on the house's own number of the person does.
"""

import hmac
import json
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.common.security import generate_token
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import Connection, Engine, Row, Table, select, update

from api.conversations.tokens import hash_of
from api.desk.audit import note
from api.desk.staff import plain_email
from api.desk.tables import Staff
from api.desk.who import Member
from api.errors import KeysMissing
from api.instants import now
from api.keyring import Keyring
from api.settings import GatewaySettings

ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512", "Ed25519"]
"""Signed with a key of the house's own: never by a shared secret, never not at all."""

VALID_SECONDS = 600
PATIENCE_SECONDS = 10
_STAFF: Table = Staff.__table__  # type: ignore[assignment]


class NotVouchedFor(Exception):
    """The house didn't answer, or not for anybody who may enter."""


@dataclass(frozen=True)
class Journey:
    """What has to be the same when somebody comes back."""

    state: str
    nonce: str
    verifier: str
    next: str
    began_at: float

    def sealed(self, keyring: Keyring) -> str:
        return keyring.seal(json.dumps(asdict(self)))

    @classmethod
    def opened(cls, keyring: Keyring, sealed: str) -> "Journey":
        """
        Raises:
            NotVouchedFor: not ours, or from too long ago.
        """
        try:
            journey = cls(**json.loads(keyring.open(sealed)))
        except (KeysMissing, ValueError, TypeError) as unreadable:
            raise NotVouchedFor from unreadable
        if not 0 <= now().timestamp() - journey.began_at <= VALID_SECONDS:
            raise NotVouchedFor
        return journey


class House:
    """The issuer that the settings name."""

    def __init__(self, settings: GatewaySettings, redirect_uri: str) -> None:
        self._settings, self._redirect_uri = settings, redirect_uri

    def way_there(self, next_: str) -> tuple[str, Journey]:
        """Where to send the browser, and what to compare afterwards."""
        journey = Journey(
            generate_token(43), generate_token(43), generate_token(64), next_, now().timestamp()
        )
        with closing(self._client()) as client:
            endpoint = _discovered(client, self._settings.oidc_issuer)["authorization_endpoint"]
            url, _ = client.create_authorization_url(
                endpoint, state=journey.state, nonce=journey.nonce, code_verifier=journey.verifier
            )
        return str(url), journey

    def came_back(self, journey: Journey, state: str, code: str) -> dict[str, Any]:
        """What the house says of who came back.

        Raises:
            NotVouchedFor
        """
        if not code or not hmac.compare_digest(journey.state.encode(), state.encode()):
            raise NotVouchedFor
        try:
            with closing(self._client()) as client:
                about = _discovered(client, self._settings.oidc_issuer)
                token = client.fetch_token(
                    about["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=journey.verifier,
                )
                keys = client.request("GET", about["jwks_uri"], withhold_token=True).raise_for_status().json()
            return self._checked(token, keys, journey.nonce)
        except (httpx2.HTTPError, AuthlibBaseError, JoseError, ValueError, KeyError) as wrong:
            raise NotVouchedFor from wrong

    def _checked(self, token: dict[str, Any], keys: Any, nonce: str) -> dict[str, Any]:
        signed = jwt.decode(token["id_token"], KeySet.import_key_set(keys), algorithms=ALGORITHMS)
        client_id = self._settings.oidc_client_id
        options = {
            "iss": {"essential": True, "value": self._settings.oidc_issuer},
            "aud": {"essential": True, "value": client_id},
            "nonce": {"essential": True},
        }
        params = {"nonce": nonce, "client_id": client_id, "access_token": token.get("access_token")}
        claims = CodeIDToken(signed.claims, signed.header, options, params)
        claims.validate(leeway=60)
        return dict(claims)

    def _client(self) -> OAuth2Client:
        settings = self._settings
        return OAuth2Client(
            settings.oidc_client_id,
            settings.oidc_client_secret.get_secret_value() or None,
            scope="openid email profile",
            redirect_uri=self._redirect_uri,
            code_challenge_method="S256",
            timeout=PATIENCE_SECONDS,
        )


def staff_of(engine: Engine, issuer: str, claims: dict[str, Any]) -> str:
    """The account this person may enter; it is theirs alone from the first time on.

    Raises:
        NotVouchedFor
    """
    subject = hash_of(f"{issuer} {claims['sub']}")
    with engine.begin() as connection:
        by_subject = select(_STAFF).where(_STAFF.c.oidc_subject == subject)
        row = connection.execute(by_subject).one_or_none() or _linked(connection, subject, claims)
        if row is None or row.disabled_at is not None:
            raise NotVouchedFor
        return str(row.id)


def _linked(connection: Connection, subject: str, claims: dict[str, Any]) -> Row[tuple[object, ...]] | None:
    email = claims.get("email")
    if not isinstance(email, str) or claims.get("email_verified") is not True:
        return None
    theirs = (
        _STAFF.c.email == plain_email(email),
        _STAFF.c.oidc_subject.is_(None),
        _STAFF.c.disabled_at.is_(None),
    )
    row = connection.execute(select(_STAFF).where(*theirs).with_for_update()).one_or_none()
    if row is not None:
        link = update(_STAFF).where(_STAFF.c.id == row.id)
        connection.execute(link.values(oidc_subject=subject, enrol_hash=None, enrol_until=None))
        member = Member(row.id, row.name, row.email, row.role, row.association)
        note(connection, member, "oidc_linked", association=row.association)
    return row


def _discovered(client: OAuth2Client, issuer: str) -> dict[str, Any]:
    """
    Raises:
        NotVouchedFor: it does not answer, or speaks for another issuer.
    """
    try:
        found = client.request("GET", f"{issuer}/.well-known/openid-configuration", withhold_token=True)
        about: dict[str, Any] = found.raise_for_status().json()
    except (httpx2.HTTPError, ValueError) as silent:
        raise NotVouchedFor from silent
    if about.get("issuer", "").rstrip("/") != issuer:
        raise NotVouchedFor
    return about
