"""A browser in front of the desk's door: it reads forms and sends them back, as a person would."""

import re
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pyotp
from fastapi import FastAPI

from tests.api.desk.clock import Clock
from tests.api.desk.entering import COOKIE, URL

PASSWORD = "ことり三羽が窓辺でうたう"
CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36"


@dataclass
class Enrolled:
    """What somebody who enrolled has: in their head, on their phone, on paper."""

    email: str
    password: str
    totp: str
    paper: list[str] = field(default_factory=list)

    def code(self, clock: Clock) -> str:
        """What the phone shows."""
        return pyotp.TOTP(self.totp).at(clock.at)


class Visitor:
    def __init__(self, app: FastAPI) -> None:
        transport = httpx2.ASGITransport(app=app)
        headers = {"User-Agent": CHROME}
        self.client = httpx2.AsyncClient(transport=transport, base_url=URL, headers=headers)

    @property
    def session(self) -> str | None:
        return self.client.cookies.get(COOKIE)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.client.get(path, **more)

    async def send(self, path: str, page: str | None = None, **fields: str) -> httpx2.Response:
        """Opens the page with the form (the form's own address, if no other), fills it in and sends it."""
        shown = await self.client.get(page or path)
        token = CSRF.search(shown.text)
        data = {"csrf": token[1] if token else ""} | fields
        return await self.client.post(path, data=data, headers={"Origin": URL})

    async def enrol(self, code: str, email: str, clock: Clock, password: str = PASSWORD) -> Enrolled:
        began = await self.send("/desk/enrol", code=code)
        assert began.headers["location"] == "/desk/enrol/password", began.text
        chosen = await self.send("/desk/enrol/password", password=password, again=password)
        assert chosen.headers["location"] == "/desk/enrol/codes", chosen.text
        shown = await self.get("/desk/enrol/codes")
        secret = re.findall(r'<p class="code">([A-Z2-7 ]+)</p>', shown.text)[0].replace(" ", "")
        enrolled = Enrolled(email, password, secret)
        done = await self.send("/desk/enrol/codes", code=enrolled.code(clock))
        assert done.status_code == 200, done.text
        enrolled.paper = re.findall(r'<li class="code">([a-z0-9-]+)</li>', done.text)
        clock.pass_(seconds=30)
        return enrolled

    async def give_password(
        self, who: Enrolled, password: str | None = None, next_: str = ""
    ) -> httpx2.Response:
        fields = {"email": who.email, "password": password or who.password, "next": next_}
        return await self.send("/desk/login", **fields)

    async def give_code(self, code: str, next_: str = "") -> httpx2.Response:
        return await self.send("/desk/code", code=code, next=next_)

    async def log_in(self, who: Enrolled, clock: Clock) -> httpx2.Response:
        """All the way; the next code is another one."""
        assert (await self.give_password(who)).status_code == 303
        done = await self.give_code(who.code(clock))
        clock.pass_(seconds=30)
        return done

    async def is_in(self) -> bool:
        return (await self.get("/desk/account")).status_code == 200
