"""``foundation serve`` when it cannot start, and what it is like when it can."""

import socket
import subprocess
import sys
from pathlib import Path

from .conftest import until


def serve(environ):
    """Run the real command; it must end by itself."""
    command = [sys.executable, "-m", "foundation.supervisor", "serve"]
    return subprocess.run(
        command, env=environ, capture_output=True, text=True, timeout=120, check=False
    )


def test_wrong_settings_are_all_named_and_no_secret_is_shown(server):
    wrong = {"FOUNDATION_PORT": "many", "FOUNDATION_WORKERS": "0"}
    environ = {**server.environ, **wrong}
    del environ["FOUNDATION_OIDC_ISSUER"]
    done = serve(environ)

    assert done.returncode == 2
    for name in ("FOUNDATION_PORT", "FOUNDATION_WORKERS", "FOUNDATION_OIDC_ISSUER"):
        assert f"foundation: {name}: " in done.stderr
    assert "canary" not in done.stderr + done.stdout


def test_a_second_server_on_the_data_folder_is_refused_and_the_first_unharmed(server):
    server.ready()
    environ = {**server.environ, "FOUNDATION_PORT": str(server.port + 1)}
    done = serve(environ)

    assert done.returncode == 6
    assert f"another Foundation (pid {server.pid}) uses the data folder" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert server.get("/")[0] == 200


def test_a_second_server_on_the_port_is_refused_and_the_first_unharmed(server, tmp_path):
    server.ready()
    done = serve({**server.environ, "FOUNDATION_DATA": str(tmp_path / "other")})

    assert done.returncode == 6
    assert f"port {server.port} on 127.0.0.1 cannot be used" in done.stderr
    assert f"FOUNDATION_PORT={server.port + 1}" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert server.get("/")[0] == 200


def test_a_data_folder_that_cannot_be_made_is_refused_in_one_line(server, tmp_path):
    (tmp_path / "file").touch()
    done = serve({**server.environ, "FOUNDATION_DATA": str(tmp_path / "file" / "data")})

    assert done.returncode == 2
    assert "cannot be written: Not a directory" in done.stderr
    assert "FOUNDATION_DATA=" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_database_that_is_away_is_told_in_one_line(server):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        away = f"postgresql://u:canary-password@127.0.0.1:{unused.getsockname()[1]}/x"
        done = serve({**server.environ, "FOUNDATION_DATABASE_URL": away})

    assert done.returncode == 3
    assert "does not answer (Connection refused). Start it, or correct" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "canary" not in done.stderr


def test_a_provider_that_is_away_is_warned_of_and_the_rest_serves(server):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        server.environ["FOUNDATION_OIDC_ISSUER"] = f"http://localhost:{unused.getsockname()[1]}"
        server.ready()
        assert until(lambda: bool(warnings(server)))  # it is asked once all are ready

    assert ["sign-in provider" in row for row in warnings(server)] == [True]
    assert server.get("/")[0] == 200


def warnings(server):
    return [row["msg"] for row in server.lines if row["level"] == "warning"]


def test_a_misspelt_setting_is_warned_of(server):
    server.environ["FOUNDATION_PROT"] = "80"
    server.ready()

    assert server.said("FOUNDATION_PROT: no such setting; did you mean FOUNDATION_PORT?")


def test_a_worker_that_cannot_start_ends_the_start_with_its_reason(server, tmp_path):
    (tmp_path / "broken").touch()
    server.start()

    assert server.ended() == 3
    assert "foundation: a worker did not start: the tiny application is broken" in server.output


def test_a_fault_of_ours_at_the_start_leaves_a_traceback_in_a_line(server, tmp_path):
    (tmp_path / "faulty").touch()
    server.start()

    assert server.ended() == 3
    assert "KeyError" in server.said("worker_not_started")[0]["exception"]


def test_a_stop_during_the_start_leaves_nothing(server):
    server.start()
    assert until(lambda: bool(server.workers))
    workers = server.workers
    code = server.stop()

    assert code == 0
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def test_the_metric_folder_of_an_earlier_run_is_wiped(server, tmp_path):
    folder = tmp_path / "data" / "run" / "metrics"
    folder.mkdir(parents=True)
    (folder / "counter_999.db").touch()
    server.ready()

    assert not (folder / "counter_999.db").exists()


def test_every_line_is_json_with_the_same_fields(server):
    server.ready()
    server.get("/")
    server.stop()
    rows = server.output.splitlines()

    assert len(rows) == len(server.lines)
    for row in server.lines:
        assert {"level", "time", "pid", "hostname", "service", "env", "version", "msg"} <= set(row)
