"""What worker and child say to each other: one JSON object a line."""

import json
import socket
import time

import pytest

from foundation.runs.wire import Line, Orders, pack, unpack


@pytest.fixture
def pair():
    ours, theirs = socket.socketpair()
    with ours:
        line = Line(theirs.detach())
        yield ours, line
        line.close()


def test_messages_arrive_whole_and_in_order(pair):
    ours, line = pair
    whole = pack({"t": "one"}) + pack({"t": "two"})
    ours.sendall(whole[:5])
    ours.sendall(whole[5:])
    ours.shutdown(socket.SHUT_WR)

    assert [message["t"] for message in line.hear()] == ["one", "two"]


def test_silence_ends_the_hearing(pair):
    _, line = pair
    line.quiet_after(0.05)
    began = time.monotonic()

    assert list(line.hear()) == []
    assert time.monotonic() - began < 10


def test_what_is_said_is_one_line(pair):
    ours, line = pair
    line.say({"t": "log", "line": "a\nb"})

    assert json.loads(ours.recv(100)) == {"t": "log", "line": "a\nb"}


def test_what_is_no_message_is_refused():
    with pytest.raises(ValueError, match="no message"):
        unpack(b"[1]")


def test_orders_survive_the_way():
    orders = Orders(
        run_id="r", attempt=1, fence=2, kind="a.b", kind_version=1, plugin="a", module="m",
        params={"x": 1}, requested_by=None, requested_name="", database_url="d", app_version="",
        seal=["worker", "00ff"], memory_mb=None, silence_s=40.0,
    )  # fmt: skip

    assert Orders(**unpack(orders.packed())) == orders
