"""``python -m api``: the gateway's process."""

import gc
import sys

import structlog

from api.errors import KeysMissing, KeysUnreadable
from api.keyring import keys_for
from api.main import create_app
from api.resealing import check_keys
from api.sealing import use_keys
from api.server import Server, config
from api.settings import GatewaySettings
from knowledge.database import connect

log = structlog.get_logger("gateway")


def main() -> int:
    settings = GatewaySettings()
    app = create_app(settings)
    try:
        _check_keys(settings)
    except (KeysMissing, KeysUnreadable) as wrong:
        log.error("not started", error=type(wrong).__name__)
        return 1

    def end_streams() -> None:
        app.state.streams.end()

    server = Server(config(app, settings.host, settings.port), before_shutdown=end_streams)
    # what is there by now stays: the collector need not look at it again and again
    gc.collect()
    gc.freeze()
    server.run()
    return 0 if server.started else 1


def _check_keys(settings: GatewaySettings) -> None:
    database = connect(settings.database)
    use_keys(database, keys_for(settings))
    try:
        check_keys(database)
    finally:
        database.dispose()


if __name__ == "__main__":
    sys.exit(main())
