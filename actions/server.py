"""The action endpoint Rasa calls: one route, with a time limit and an apology instead of silence.

Rasa turns any error of an action into an empty answer, and waits up to 300 s for a slow one; so this
route always answers 200, in time, with something to say.
"""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from importlib import import_module
from pkgutil import iter_modules
from time import perf_counter
from typing import Any

import structlog
from fastapi import FastAPI, Request
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

import actions
from actions import wording
from actions.papers.plan import fonts
from actions.topic import executor, library
from advisor import level
from advisor.answering import answered
from advisor.clock import today
from advisor.exchange import Question
from advisor.state import State
from knowledge.library import KnowledgeMissing
from knowledge.logs import configure_logs, where

log = structlog.get_logger()

SECONDS = 4.0
SOMETHING = "ABC"


def create_app(*, seconds: float = SECONDS) -> FastAPI:
    """The endpoint over all actions of this room; each has ``seconds`` to answer."""
    configure_logs()
    for module in iter_modules(actions.__path__):
        import_module(f"actions.{module.name}")
    run = executor()
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=_warm)

    @app.get("/health")
    def health() -> dict[str, str]:
        library().words("measure")
        return {"status": "ok"}

    @app.post("/webhook")
    async def webhook(request: Request) -> Any:
        call = await request.json()
        metadata = (call["tracker"].get("latest_message") or {}).get("metadata") or {}
        started = perf_counter()
        about = {
            "action": call.get("next_action"),
            "turn": metadata.get("turn"),
            "request": metadata.get("request"),
        }
        try:
            result = await asyncio.wait_for(asyncio.to_thread(_run, run, call), seconds)
        except Exception as error:  # whatever an action raises, the owner is answered
            log.error("action failed", **about, error=type(error).__name__, where=where(error))
            return apology()
        log.info("action", **about, ms=round((perf_counter() - started) * 1000))
        return result

    return app


@asynccontextmanager
async def _warm(_app: FastAPI) -> AsyncIterator[None]:
    """Search, words and fonts take a while to make: begun now, so that no owner waits for them."""
    warming = asyncio.create_task(asyncio.to_thread(_make_ready))
    yield
    await warming


def _make_ready() -> None:
    with suppress(KnowledgeMissing):
        library().search(SOMETHING)
        answered(Question("", "ask_level", {}, State(), today()), library(), level.advise)
    fonts()
    # what is known stays; looking through it for garbage held single answers up by 90 ms
    gc.freeze()


def apology() -> dict[str, Any]:
    """What is said when an action failed: sorry, and a way forward; the state stays as it was."""
    dispatcher = CollectingDispatcher()
    dispatcher.utter_message(
        response="utter_failed",
        json_message={
            "topic": "unavailable",
            "refs": [],
            "choices": wording.choices("failed", {}),
            "attachments": [],
        },
    )
    return {"events": [], "responses": dispatcher.messages}


def _run(all_actions: ActionExecutor, call: dict[str, Any]) -> Any:
    # no action reads the domain, and Rasa does not send it (endpoints.yml)
    result = asyncio.run(all_actions.run({"domain": {}} | call))
    return result.model_dump() if result else {"events": [], "responses": []}
