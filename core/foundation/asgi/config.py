"""How hypercorn is set up: through one function, because it ignores names it does not know."""

import logging

from hypercorn.config import Config


def server_config(**options: object) -> Config:
    """Return hypercorn's configuration with *options*; raises `TypeError` for an unknown name."""
    config = Config()
    for name, value in options.items():
        if not hasattr(config, name):
            raise TypeError(f"hypercorn has no option {name}")
        setattr(config, name, value)
    return config


def worker_config(*, descriptor: int, graceful: float) -> Config:
    """Return what a worker serves with: the socket *descriptor*, *graceful* seconds to drain.

    Caddy keeps idle connections for 30 s, so ours live longer; the access log is the edge's.
    """
    return server_config(
        bind=[f"fd://{descriptor}"],
        keep_alive_timeout=75,
        graceful_timeout=graceful,
        backlog=1024,
        startup_timeout=15,
        shutdown_timeout=5,
        include_server_header=False,
        accesslog=None,
        errorlog=logging.getLogger("hypercorn.error"),
    )
