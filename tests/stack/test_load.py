"""People of the tests never wait for ever: who is not answered says so by name, and all stop."""

import http.client
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, cast

import pytest

from ..e2e.visitor import Visitor
from .load import PEOPLE, Load
from .picture import Picture


@pytest.fixture
def silent() -> Iterator[int]:
    """A port at which everything is taken and nothing is answered."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(PEOPLE * 4)
        yield int(listener.getsockname()[1])


@dataclass(slots=True)
class Plain(Load):
    """People without TLS."""

    port: int = 0

    def _connection(self) -> Any:  # without TLS, and used the same
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.answer_s)


def gone(_number: int) -> None:
    raise ProcessLookupError


@pytest.fixture
def people(silent: int) -> Plain:
    picture = cast("Picture", SimpleNamespace(api=SimpleNamespace(said="", send=gone)))
    return Plain(picture, Visitor("http://nowhere"), answer_s=0.4, port=silent)


def test_who_is_not_answered_is_named_and_nobody_is_left_waiting(people: Plain) -> None:
    people.answer_s, people.stall_s = 60.0, 2.0  # nobody's own patience ends this
    people.least = 4
    with pytest.raises(AssertionError, match=r"nobody was answered for 2 s: \w+ /\S* for \d+ s, "):
        with people.running():
            pytest.fail("nobody was answered, and the block began")

    assert people.done == PEOPLE  # each request ended, and is one of those that failed
    assert len(people.failed) == PEOPLE


def test_a_request_without_an_answer_is_a_failure_with_its_name(people: Plain) -> None:
    people.least = 0
    with people.running():
        while people.done < PEOPLE:
            people._stop.wait(0.01)

    assert "GET /api/health: no answer within 0.4 s" in people.failed
