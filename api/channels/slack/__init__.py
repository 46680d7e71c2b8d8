"""The door in a company's Slack."""

from fastapi import APIRouter

from api.channels.slack import installing, routes
from api.channels.slack.opening import opened
from api.channels.slack.routes import MAX_BYTES, PREFIX

router = APIRouter()
router.include_router(routes.router)
router.include_router(installing.router)

__all__ = ["MAX_BYTES", "PREFIX", "opened", "router"]
