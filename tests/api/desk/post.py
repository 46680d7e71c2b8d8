"""A mail server and a Slack webhook on loopback, which keep what they are given, or refuse it."""

import asyncio
import threading
from contextlib import suppress
from email import message_from_bytes
from email.message import Message
from typing import Any

from fastapi import FastAPI, Response

from tests.api.serving import Server


class MailServer:
    """Speaks as much SMTP as a sender needs. ``refuses`` strikes every mail until it is cleared."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.recipients: list[list[str]] = []
        self.refuses = False
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._started = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()
        self._started.wait(5)

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(5)

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        self._stopping = asyncio.Event()
        server = await asyncio.start_server(self._talk, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._started.set()
        await self._stopping.wait()
        server.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await self._session(reader, writer)
        writer.close()

    async def _session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to: list[str] = []
        writer.write(b"220 mail.test\r\n")
        while line := (await reader.readline()).decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "RCPT":
                to.append(line.partition("<")[2].partition(">")[0])
            if verb == "DATA":
                writer.write(b"354 go on\r\n")
                mail = await reader.readuntil(b"\r\n.\r\n")
                if not self.refuses:
                    self.mails.append(message_from_bytes(mail[:-5]))
                    self.recipients.append(to)
            answer = {"EHLO": "250 mail.test", "QUIT": "221 bye"}.get(verb, "250 ok")
            writer.write((("451 later" if self.refuses and verb == "MAIL" else answer) + "\r\n").encode())
            await writer.drain()
            if verb == "QUIT":
                return


class Webhook:
    def __init__(self) -> None:
        self.texts: list[str] = []
        self.trouble: int | None = None
        app = FastAPI()
        app.add_api_route("/hook", self._take, methods=["POST"], response_model=None)
        self._server = Server(app)
        self.url = f"{self._server.url}/hook"

    def close(self) -> None:
        self._server.close()

    async def _take(self, body: dict[str, Any]) -> Response:
        if self.trouble:
            return Response(status_code=self.trouble)
        self.texts.append(body["text"])
        return Response("ok")
