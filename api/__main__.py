"""``python -m api``: the gateway's process."""

import gc
import sys

from api.main import create_app
from api.server import Server, config
from api.settings import GatewaySettings


def main() -> int:
    settings = GatewaySettings()
    app = create_app(settings)

    def end_streams() -> None:
        app.state.streams.end()

    server = Server(config(app, settings.host, settings.port), before_shutdown=end_streams)
    # what is there by now stays: the collector need not look at it again and again
    gc.collect()
    gc.freeze()
    server.run()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
