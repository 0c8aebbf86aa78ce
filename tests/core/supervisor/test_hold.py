"""Holding the data folder and the port."""

import os
import socket
import stat
from contextlib import contextmanager

import pytest

from foundation.supervisor.hold import held, provider_port
from foundation.supervisor.refused import Exit, Refused

from ...stack.program import free_port


@contextmanager
def taken_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


@pytest.fixture
def port():
    return free_port()


def test_a_folder_is_held_by_one_only(tmp_path, port):
    data = tmp_path / "data"
    with (
        held(data, host="127.0.0.1", port=port),
        pytest.raises(Refused) as refused,
        held(data, host="127.0.0.1", port=1),
    ):
        pass

    assert refused.value.code is Exit.HELD
    assert f"pid {os.getpid()}" in str(refused.value)


def test_a_folder_can_be_held_again_after_its_holder(tmp_path, port):
    with held(tmp_path / "data", host="127.0.0.1", port=port):
        pass
    with held(tmp_path / "data", host="127.0.0.1", port=port) as hold:
        assert hold.address == ("127.0.0.1", port)


def test_a_taken_port_is_refused_with_another_to_try(tmp_path):
    with (
        taken_port() as number,
        pytest.raises(Refused, match=f"FOUNDATION_PORT={number + 1}") as refused,
        held(tmp_path, host="127.0.0.1", port=number),
    ):
        pass

    assert refused.value.code is Exit.HELD


def test_a_port_shared_by_another_server_counts_as_taken(tmp_path):
    with socket.socket() as sharing:
        sharing.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        sharing.bind(("127.0.0.1", 0))
        sharing.listen()
        number = sharing.getsockname()[1]
        with (
            pytest.raises(Refused, match="cannot be used"),
            held(tmp_path, host="127.0.0.1", port=number),
        ):
            pass


def test_a_refused_port_lets_go_of_the_folder(tmp_path, port):
    with (
        taken_port() as number,
        pytest.raises(Refused),
        held(tmp_path, host="127.0.0.1", port=number),
    ):
        pass
    with held(tmp_path, host="127.0.0.1", port=port) as hold:
        assert hold.folder == tmp_path / "run"


def test_an_unknown_host_is_a_wrong_setting(tmp_path):
    with (
        pytest.raises(Refused, match="FOUNDATION_HOST") as refused,
        held(tmp_path, host="256.256.256.256", port=3000),
    ):
        pass

    assert refused.value.code is Exit.SETTINGS


def test_slots_share_the_address_and_do_not_listen_yet(tmp_path, port):
    with (
        held(tmp_path, host="127.0.0.1", port=port) as hold,
        hold.listener() as first,
        hold.listener() as second,
        socket.socket() as client,
    ):
        assert first.getsockname() == second.getsockname()
        assert client.connect_ex(("127.0.0.1", port)) != 0


def test_an_address_of_version_six_can_be_held(tmp_path, port):
    with held(tmp_path, host="::1", port=port) as hold, hold.listener() as listener:
        assert listener.family == socket.AF_INET6


def test_the_folder_of_a_run_is_private(tmp_path, port):
    with held(tmp_path / "a" / "b", host="127.0.0.1", port=port) as hold:
        assert stat.S_IMODE(hold.folder.stat().st_mode) == 0o700


def test_a_folder_that_was_there_keeps_its_mode(tmp_path, port):
    tmp_path.chmod(0o750)
    with held(tmp_path, host="127.0.0.1", port=port):
        pass

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o750


def test_the_port_of_the_sign_in_is_the_same_at_the_next_start(tmp_path, port):
    first = provider_port(tmp_path, near=port)

    assert first == port
    assert provider_port(tmp_path, near=port + 5) == port


def test_the_sign_in_takes_another_port_the_first_time_the_near_one_is_taken(tmp_path):
    with taken_port() as number:
        assert provider_port(tmp_path, near=number) != number


def test_a_kept_port_that_is_taken_is_refused_rather_than_changed(tmp_path):
    with taken_port() as number:
        (tmp_path / "sign-in.port").write_text(f"{number}\n")
        with pytest.raises(Refused, match=r"remove .*sign-in\.port"):
            provider_port(tmp_path, near=number + 1)
