"""The next honest request: what has to work after every attack on a running Foundation."""

from collections.abc import Iterator
from contextlib import contextmanager

from .foundation_process import FoundationProcess
from .visitor import Visitor


@contextmanager
def honest_afterwards(running: FoundationProcess) -> Iterator[None]:
    """Sign somebody in once the block ends, and see that nothing in it was a 500."""
    said = len(running.log)
    yield
    visitor = Visitor(running.url)
    assert visitor.sign_in("viewer").headers["Location"] == "/"
    assert visitor.get("/api/auth/me").status == 200
    assert "request_failed" not in running.log[said:]
