"""``python -m foundation.asgi.preload``: the workers of a first start, born of one import.

Started by the supervisor, never by hand. It imports what a worker needs, waits for its orders,
forks a worker for each post, tells their process ids, and ends; the supervisor inherits them and
says to each that it may begin.
"""

import argparse
import gc
import json
import os
import pkgutil
import socket
import sys
from collections.abc import Iterable

from foundation.asgi.link import die_with_parent
from foundation.asgi.posture import take_posture
from foundation.asgi.worker import NOT_STARTED, Post, run

_ORDERS = 65_536
_DESCRIPTORS = 3 * 64
"""More than the most workers take."""


def main() -> int:
    """Import, fork, tell and end; in a worker, serve and return its exit code."""
    take_posture()
    parser = argparse.ArgumentParser(prog="python -m foundation.asgi.preload", description=__doc__)
    parser.add_argument("--app", required=True)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--orders", type=int, required=True)
    given = parser.parse_args(sys.argv[1:])
    if not die_with_parent(given.parent):
        return NOT_STARTED
    try:
        pkgutil.resolve_name(given.app)
    except (Exception, SystemExit):  # noqa: BLE001  # started alone, each worker tells it as ever
        return NOT_STARTED
    orders = socket.socket(fileno=given.orders)
    posts = _posts(orders, app=given.app, parent=given.parent)
    gc.freeze()  # no collection of a worker writes to what all share
    sys.stdout.flush()  # else each would say what the import has printed
    sys.stderr.flush()
    for post in posts:
        born = os.fork()
        if born == 0:
            orders.close()
            return _begin(post, others=[one for one in posts if one is not post])
        orders.send(b"%d %d" % (post.slot, born))
    # What the import wants done at the end is the workers' to do.
    os._exit(0 if posts else NOT_STARTED)


def _posts(orders: socket.socket, *, app: str, parent: int) -> list[Post]:
    """Wait for the orders; return what each worker is handed, or nothing when nobody is there."""
    said, descriptors, _, _ = socket.recv_fds(
        orders, _ORDERS, _DESCRIPTORS, socket.MSG_CMSG_CLOEXEC
    )
    if not said:
        return []
    told = json.loads(said)
    os.environ.update(told["environ"])
    trios = zip(*[iter(descriptors)] * 3, strict=True)
    graceful = float(told["graceful"])
    return [
        Post(listener, link, lifeline, parent, slot, series, app, graceful)
        for (listener, link, lifeline), (slot, series) in zip(trios, told["places"], strict=True)
    ]


def _begin(post: Post, *, others: Iterable[Post]) -> int:
    """Serve at *post*, once the supervisor has become the parent and says so."""
    for other in others:  # whose socket would be held on to when they have ended
        for descriptor in (other.socket, other.link, other.lifeline):
            os.close(descriptor)
    if not os.read(post.lifeline, 1):
        return NOT_STARTED
    os.setpgid(0, 0)  # the terminal's Ctrl-C reaches the supervisor alone
    return run(post, os.environ)


if __name__ == "__main__":
    sys.exit(main())
