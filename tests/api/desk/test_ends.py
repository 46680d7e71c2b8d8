"""A gateway that is stopped as soon as it has begun ends."""

import asyncio

from api.main import create_app
from api.settings import GatewaySettings


async def test_the_desks_own_work_ends_before_it_has_begun(settings: GatewaySettings) -> None:
    app = create_app(settings)
    async with asyncio.timeout(20):
        async with app.router.lifespan_context(app):
            pass
