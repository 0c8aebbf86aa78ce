"""``python -m foundation.asgi.preload``: the workers of a first start, born of one import.

Started by the supervisor, never by hand. It imports what a worker needs, forks one for each post,
tells their process ids, and ends; the supervisor inherits them and says to each that it may begin.
"""

import argparse
import gc
import os
import pkgutil
import sys
from collections.abc import Iterable

from foundation.asgi.link import die_with_parent
from foundation.asgi.posture import take_posture
from foundation.asgi.worker import NOT_STARTED, Post, run


def _posts(arguments: list[str]) -> tuple[list[Post], int]:
    """Return what each worker is handed, and the descriptor on which they are told."""
    parser = argparse.ArgumentParser(prog="python -m foundation.asgi.preload", description=__doc__)
    parser.add_argument("--app", required=True)
    parser.add_argument("--parent", type=int, required=True)
    parser.add_argument("--graceful", type=float, required=True)
    parser.add_argument("--tell", type=int, required=True)
    names = ("socket", "link", "lifeline", "slot", "series")
    parser.add_argument("--post", action="append", required=True, metavar=":".join(names))
    given = parser.parse_args(arguments)
    posts = [
        Post(
            app=given.app,
            parent=given.parent,
            graceful=given.graceful,
            **dict(zip(names, map(int, post.split(":")), strict=True)),
        )
        for post in given.post
    ]
    return posts, given.tell


def main() -> int:
    """Import, fork, tell and end; in a worker, serve and return its exit code."""
    take_posture()
    posts, tell = _posts(sys.argv[1:])
    if not die_with_parent(posts[0].parent):
        return NOT_STARTED
    try:
        pkgutil.resolve_name(posts[0].app)
    except (Exception, SystemExit):  # noqa: BLE001  # started alone, each worker tells it as ever
        return NOT_STARTED
    gc.freeze()  # no collection of a worker writes to what all share
    sys.stdout.flush()  # else each would say what the import has printed
    sys.stderr.flush()
    for post in posts:
        born = os.fork()
        if born == 0:
            os.close(tell)
            return _begin(post, others=[one for one in posts if one is not post])
        os.write(tell, b"%d %d\n" % (post.slot, born))
    os._exit(0)  # what the import has registered to be done at the end is the workers'


def _begin(post: Post, *, others: Iterable[Post]) -> int:
    """Serve at *post*, once the supervisor has become the parent and says so."""
    for (
        other
    ) in others:  # a socket that nobody accepts from, but somebody holds, makes clients hang
        for descriptor in (other.socket, other.link, other.lifeline):
            os.close(descriptor)
    if not os.read(post.lifeline, 1):
        return NOT_STARTED
    os.setpgid(0, 0)  # the terminal's Ctrl-C reaches the supervisor alone
    return run(post, os.environ)


if __name__ == "__main__":
    sys.exit(main())
