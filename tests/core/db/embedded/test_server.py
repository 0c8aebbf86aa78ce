"""The embedded server: private, kept alive, never left behind, and its data never lost."""

import os
import signal
import stat
import threading
import time

import pytest

from foundation.db.address import Unreachable
from foundation.db.embedded import CannotServe
from foundation.db.embedded.endpoint import SOCKET
from foundation.db.embedded.processes import postmaster_on

IS_ROOT = os.geteuid() == 0


def _until(fact, seconds: float = 60.0) -> bool:
    deadline = time.monotonic() + seconds
    while not fact():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class Said(list):
    """Collects what is said."""

    def __call__(self, line: str) -> None:
        self.append(line)


def test_it_serves_a_database_in_utf8_sorted_alike_everywhere(make_server, ask_sql):
    url = make_server().start(Said())

    assert (
        ask_sql(url, "SELECT current_database() || ' ' || current_user") == "foundation foundation"
    )
    assert ask_sql(url, "SHOW server_encoding") == "UTF8"
    assert (
        ask_sql(
            url,
            "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = current_database()",
        )
        == "bC.UTF-8"
    )
    assert ask_sql(url, "SELECT lower('ÄRGER')") == "ärger"


def test_it_is_small_and_listens_on_no_port(make_server, ask_sql):
    url = make_server().start(Said())

    settings = {
        name: ask_sql(url, f"SHOW {name}")
        for name in (
            "listen_addresses",
            "shared_buffers",
            "max_connections",
            "io_method",
            "timezone",
        )
    }

    assert settings == {
        "listen_addresses": "",
        "shared_buffers": "32MB",
        "max_connections": "60",
        "io_method": "sync",
        "timezone": "UTC",
    }


def test_only_tests_give_up_durability(make_server, ask_sql):
    url = make_server(durable=True).start(Said())

    assert [ask_sql(url, f"SHOW {name}") for name in ("fsync", "full_page_writes")] == ["on", "on"]


def test_data_stays_over_a_stop_and_the_address_too(make_server, ask_sql):
    server = make_server()
    first = server.start(Said())
    ask_sql(first, "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (7)")
    server.stop()
    second = server.start(Said())

    assert ask_sql(second, "SELECT id FROM kept") == 7
    assert first == second


def test_a_stop_does_not_wait_for_clients_and_leaves_nothing(make_server, open_folder, ask_sql):
    server = make_server()
    url = server.start(Said())
    sleeper = threading.Thread(target=_sleep_in, args=(url, ask_sql))
    sleeper.start()
    assert _until(
        lambda: (
            ask_sql(url, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%sleep(60)%'")
            == 2
        )
    )

    began = time.monotonic()
    server.stop()
    took = time.monotonic() - began
    sleeper.join()

    assert took < 40  # and did not wait for who sleeps
    assert postmaster_on(open_folder / "pg" / "18") is None
    assert not (open_folder / "pg" / SOCKET).exists()
    assert not server.owns


def _sleep_in(url, ask_sql) -> None:
    with pytest.raises(Exception, match="terminating connection|closed"):
        ask_sql(url, "SELECT pg_sleep(60)")


def test_another_user_cannot_reach_the_socket(make_server, open_folder):
    make_server().start(Said())

    assert stat.S_IMODE((open_folder / "pg" / SOCKET).stat().st_mode) == 0o700
    assert stat.S_IMODE((open_folder / "pg").stat().st_mode) == 0o700


def test_the_password_is_asked_for(make_server, ask_sql):
    url = make_server().start(Said())
    without = type(url)(url.reveal().replace(url.reveal().split(":")[2].split("@")[0], "wrong"))

    with pytest.raises(Unreachable, match="cannot be reached") as refused:
        ask_sql(without, "SELECT 1")

    assert "password authentication failed" in refused.value.reason


def test_a_path_of_150_characters_works(make_server, open_folder, ask_sql):
    server = make_server(open_folder / ("d" * 150) / "pg")

    url = server.start(Said())

    assert ask_sql(url, "SELECT 1") == 1
    assert "d" * 150 not in url.reveal()


def test_rows_survive_a_killed_server_and_it_is_started_again(make_server, open_folder, ask_sql):
    server, said = make_server(durable=True), Said()
    url = server.start(said)
    ask_sql(url, "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (7)")
    os.kill(postmaster_on(open_folder / "pg" / "18"), signal.SIGKILL)

    assert _until(lambda: server.tend(said) or said)

    assert ask_sql(url, "SELECT id FROM kept") == 7
    assert said == ["PostgreSQL ended unexpectedly; starting it again"]


def test_a_server_that_keeps_dying_is_started_ever_more_slowly(make_server, open_folder):
    server, tended, told = make_server(), [], []
    server.start(Said())

    def say(line: str) -> None:
        if "starting it again" in line:  # said before it starts, which may take long
            told.append(time.monotonic())

    while len(told) < 3:
        pid = postmaster_on(open_folder / "pg" / "18")
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
        before = time.monotonic()
        server.tend(say)
        if len(told) > len(tended):
            tended.append(before)
        time.sleep(0.02)

    gaps = [later - earlier for earlier, later in zip(tended[:2], told[1:], strict=True)]
    assert gaps[0] >= 1.0
    assert gaps[1] >= 2.0


def test_a_stale_file_prevents_nothing(make_server, open_folder, ask_sql):
    server = make_server()
    server.start(Said())
    server.stop()
    (open_folder / "pg" / "18" / "postmaster.pid").write_text(f"{os.getpid()}\n")

    assert ask_sql(server.start(Said()), "SELECT 1") == 1


def test_a_server_that_does_not_start_is_quoted(make_server, open_folder):
    server = make_server()
    server.start(Said())
    server.stop()
    with (open_folder / "pg" / "18" / "postgresql.conf").open("a") as conf:
        conf.write("nonsense = 1\n")

    with pytest.raises(CannotServe, match=r"PostgreSQL does not start: .*nonsense|FATAL"):
        server.start(Said())

    assert not server.owns


def test_data_of_an_older_major_is_refused_with_the_command_that_helps(make_server, open_folder):
    (open_folder / "pg" / "16").mkdir(parents=True)
    (open_folder / "pg" / "16" / "PG_VERSION").write_text("16\n")

    with pytest.raises(CannotServe, match="of PostgreSQL 16; run `foundation db upgrade`"):
        make_server().start(Said())


def test_a_lost_password_is_one_line(make_server, open_folder):
    server = make_server()
    server.start(Said())
    server.stop()
    (open_folder / "pg" / "password").unlink()

    with pytest.raises(CannotServe, match="password .* cannot be read: No such file"):
        server.start(Said())


def test_another_thread_than_the_main_one_may_not_start_it(make_server):
    refused: list[BaseException] = []

    def start() -> None:
        try:
            make_server().start(Said())
        except CannotServe as fault:
            refused.append(fault)

    thread = threading.Thread(target=start)
    thread.start()
    thread.join()

    assert "main thread" in str(refused[0])
