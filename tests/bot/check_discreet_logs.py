# ruff: noqa: PT009 (unittest: pytest is not in Rasa's environment)
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).parents[2]
HANGS_UP = """
import asyncio, logging, sys
sys.argv = ["rasa", "run"]
import bot.__main__
from rasa.utils.log_utils import configure_structlog
configure_structlog(logging.INFO)
from rasa.core.channels import rest
from sanic import Sanic

class Broken(Exception):
    pass

async def hangs_up(message):
    raise asyncio.CancelledError

async def breaks(message):
    secret = message.text
    raise Broken(secret)

for number, handler in enumerate((hangs_up, breaks)):
    app = Sanic(f"check_{number}")
    app.blueprint(rest.RestInput().blueprint(handler), url_prefix="/rest")
    receive = next(route.handler for route in app.router.routes if route.path.endswith("webhook"))
    class Request:
        json = {"sender": "c_1", "message": "石川県で旅館をやっています"}
        args = {}
        app = None
    asyncio.run(receive(Request()))
try:
    breaks_again = "石川県で旅館をやっています"
    raise Broken(breaks_again)
except Broken:
    logging.getLogger("rasa.core").exception("an action broke")
"""


class Log(unittest.TestCase):
    def test_says_that_a_message_failed_but_not_what_it_said(self):
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", HANGS_UP],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        log = ran.stdout + ran.stderr
        self.assertEqual(ran.returncode, 0, log)
        self.assertIn("rest.message.received.timeout", log)
        self.assertIn("rest.message.received.failure", log)
        self.assertIn("an action broke", log)
        self.assertEqual(log.count("Broken"), 2, log)
        for words in ("石川県", "\\u77f3"):
            self.assertNotIn(words, log)
