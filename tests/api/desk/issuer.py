"""A house that answers for its people, on loopback: discovery, keys, and tokens for who brings a code."""

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "mamori", "a secret between houses that nobody else knows"


class Issuer:
    """Tests say who comes and change what is told of them (``claims``, ``signed_by``, ``algorithm``)."""

    def __init__(self) -> None:
        self.url = ""
        self.key = RSAKey.generate_key(2048, {"kid": "one"})
        self.signed_by: RSAKey | OctKey = self.key
        self.algorithm = "RS256"
        self.claims: dict[str, Any] = {}
        self.issuer: str | None = None
        self._codes: dict[str, dict[str, str]] = {}
        self.app = FastAPI()
        self.app.get("/.well-known/openid-configuration")(self._about)
        self.app.get("/keys")(self._keys)
        self.app.post("/token")(self._token)

    def comes_back(self, way_there: str) -> tuple[str, str]:
        """Somebody logs in there: the state and the code that they bring back."""
        asked = {key: value[0] for key, value in parse_qs(urlsplit(way_there).query).items()}
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = f"code{len(self._codes)}"
        self._codes[code] = asked
        return asked["state"], code

    def _about(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
        }

    def _keys(self) -> Any:
        return {"keys": [self.key.as_dict(private=False)]}

    async def _token(self, request: Request) -> JSONResponse:
        form = await request.form()
        asked = self._codes.pop(str(form.get("code")), None)
        if (
            asked is None
            or create_s256_code_challenge(str(form.get("code_verifier"))) != asked["code_challenge"]
        ):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        assert form.get("redirect_uri") == asked["redirect_uri"]
        at = int(time.time())
        told = {
            "iss": self.url,
            "aud": CLIENT,
            "sub": "42",
            "iat": at,
            "exp": at + 60,
            "nonce": asked["nonce"],
        }
        header = {"alg": self.algorithm, "kid": "one"}
        claims = {key: value for key, value in (told | self.claims).items() if value is not None}
        signed = jwt.encode(header, claims, self.signed_by, algorithms=[self.algorithm])
        return JSONResponse({"access_token": "x", "token_type": "Bearer", "id_token": signed})
