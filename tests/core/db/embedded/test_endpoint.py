"""The socket: short enough for the kernel, private, and asked without a driver."""

import os
import socket
import stat
import threading

import pytest

from foundation.db.embedded.account import server_account
from foundation.db.embedded.endpoint import LONGEST, SOCKET, ask, fits, socket_folder
from foundation.db.embedded.faults import CannotServe


def test_a_short_folder_holds_its_own_socket(open_folder):
    assert socket_folder(open_folder, account=server_account()) == open_folder


def test_a_socket_may_be_as_long_as_the_kernel_takes(open_folder):
    room = LONGEST - len(os.fsencode(open_folder / SOCKET))
    longest = open_folder / ("x" * (room - 1))
    longest.mkdir()
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(longest / SOCKET))

    assert fits(longest)
    assert not fits(longest.with_name("x" * room))


def test_a_long_folder_gets_a_short_private_one_that_stays_the_same(open_folder):
    deep = open_folder / ("d" * 150)

    first = socket_folder(deep, account=server_account(), runtime=open_folder)
    again = socket_folder(deep, account=server_account(), runtime=open_folder)

    assert first == again
    assert first.parent == open_folder
    assert stat.S_IMODE(first.stat().st_mode) == 0o700
    assert first.stat().st_uid == server_account().uid
    assert first != socket_folder(
        open_folder / ("e" * 150), account=server_account(), runtime=open_folder
    )


def test_two_bytes_a_letter_are_counted_as_two(open_folder):
    assert not fits(open_folder / ("ä" * 50))


def test_a_folder_that_others_may_enter_is_not_used(open_folder):
    deep = open_folder / ("d" * 150)
    socket_folder(deep, account=server_account(), runtime=open_folder).chmod(0o755)

    with pytest.raises(CannotServe, match="belongs to somebody else; remove it"):
        socket_folder(deep, account=server_account(), runtime=open_folder)


def test_a_link_is_not_followed(open_folder):
    deep = open_folder / ("d" * 150)
    short = socket_folder(deep, account=server_account(), runtime=open_folder)
    short.rename(open_folder / "elsewhere")
    short.symlink_to(open_folder / "elsewhere")

    with pytest.raises(CannotServe):
        socket_folder(deep, account=server_account(), runtime=open_folder)


def test_when_the_short_one_is_too_long_as_well_the_setting_is_named(open_folder):
    deep = open_folder / ("d" * 150)

    with pytest.raises(CannotServe, match="FOUNDATION_DATA"):
        socket_folder(deep, account=server_account(), runtime=deep)


def test_nobody_answers_where_nothing_is(open_folder):
    assert ask(open_folder) == "absent"


@pytest.mark.parametrize(
    ("greeting", "answer"),
    [
        (b"R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0", "up"),
        (b"E\0\0\0\x2aSFATAL\0VFATAL\0C57P03\0Mstarting up\0\0", "starting"),
        (b"E\0\0\0\x2aSFATAL\0VFATAL\0C53300\0Mtoo many\0\0", "up"),
        (b"", "starting"),
    ],
)
def test_the_first_bytes_tell_how_it_is(open_folder, greeting, answer):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(open_folder / SOCKET))
        listener.listen()
        heard: list[bytes] = []

        def serve() -> None:
            line, _ = listener.accept()
            with line:
                heard.append(line.recv(1024))
                line.sendall(greeting)

        thread = threading.Thread(target=serve)
        thread.start()

        assert ask(open_folder) == answer
        thread.join()

    assert heard[0][4:8] == b"\0\x03\0\0"
    assert int.from_bytes(heard[0][:4]) == len(heard[0])


def test_a_socket_that_nobody_serves_any_more_is_absent(open_folder):
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(open_folder / SOCKET))

    assert ask(open_folder) == "absent"
