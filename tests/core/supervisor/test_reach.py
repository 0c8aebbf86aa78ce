"""Whether what Foundation depends on answers."""

import socket

import pytest

from foundation.secret import Secret
from foundation.supervisor.reach import database_fault, provider_fault


@pytest.fixture
def listening():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture
def silent():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def test_a_database_that_answers_is_no_fault(listening):
    assert database_fault(Secret(f"postgresql://u:p@127.0.0.1:{listening}/x")) is None


def test_a_database_that_is_away_is_named_without_its_password(silent):
    fault = database_fault(Secret(f"postgresql://u:canary@127.0.0.1:{silent}/x"))

    assert fault is not None
    assert f"127.0.0.1:{silent} does not answer (Connection refused)" in fault
    assert "canary" not in fault


def test_a_database_behind_a_socket_is_asked_there(tmp_path):
    url = Secret(f"postgresql://u:p@/x?host={tmp_path}")
    absent = database_fault(url)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(f"{tmp_path}/.s.PGSQL.5432")
        server.listen()
        present = database_fault(url)

    assert absent is not None
    assert str(tmp_path) in absent
    assert present is None


def test_several_hosts_are_left_to_the_driver():
    assert database_fault(Secret("postgresql://u:p@/x?host=one,two")) is None


def test_a_url_that_is_none_is_told_without_its_text():
    fault = database_fault(Secret("postgresql://u:canary@host:port/x"))

    assert fault == "FOUNDATION_DATABASE_URL: give postgresql://user:password@host:5432/name"


def test_a_provider_that_is_away_is_named(listening, silent):
    assert provider_fault(f"http://127.0.0.1:{listening}/realm") is None
    assert "FOUNDATION_OIDC_ISSUER" in (provider_fault(f"http://127.0.0.1:{silent}") or "")
