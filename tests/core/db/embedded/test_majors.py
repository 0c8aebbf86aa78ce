"""From one major version to the next: the rows come along, and the old data stays until told."""

import pytest

from foundation.db.embedded import CannotServe
from foundation.db.embedded.account import server_account
from foundation.db.embedded.binaries import binaries
from foundation.db.embedded.cluster import Layout, must, prepare_folder, try_lock, write_password
from foundation.db.embedded.majors import bring_forward, forget_old
from foundation.secret import Secret


class Said(list):
    """Collects what is said."""

    def __call__(self, line: str) -> None:
        self.append(line)


@pytest.fixture
def old_data(open_folder, ask_sql):
    """Data of PostgreSQL 16 with one row in it, left by a crash."""
    layout, account = Layout(open_folder / "pg"), server_account()
    prepare_folder(layout, account)
    write_password(layout, account)
    programs = binaries(16, account=account, copies=layout.copies)
    cluster = layout.folder / "16"
    where = ["-D", str(cluster), f"--pwfile={layout.password}", "--no-sync"]
    options = ["--username=foundation", "--encoding=UTF8", "--locale=C", "--auth=scram-sha-256"]
    must(account.run([programs.program("initdb"), *where, *options]), "the old data")
    single = [programs.program("postgres"), "--single", "-D", str(cluster), "postgres"]
    must(account.run(single, text="CREATE DATABASE foundation;\n"), "the old database")
    control = [programs.program("pg_ctl"), "-w", "-D", str(cluster), "-l", str(layout.log)]
    # Its output goes to a file: a server that inherits our pipe would keep it open.
    start = f'exec "$@" -o "-h \'\' -k {layout.folder}" start >/dev/null 2>&1'
    must(account.run(["/bin/sh", "-c", start, "sh", *control]), "the old server")
    password = layout.password.read_text()
    url = Secret(f"postgresql://foundation:{password}@/foundation?host={layout.folder}")
    ask_sql(url, "CREATE TABLE kept (id int, name text)", "INSERT INTO kept VALUES (7, 'ärger')")
    must(account.run([*control, "-m", "immediate", "stop"]), "the crash")
    return layout


def test_rows_and_password_come_along_and_the_old_data_stays_until_it_is_forgotten(
    old_data, make_server, ask_sql
):
    said = Said()

    assert bring_forward(old_data.folder, said) == 16
    url = make_server(old_data.folder).start(Said())

    assert ask_sql(url, "SELECT name FROM kept WHERE id = 7") == "ärger"
    assert ask_sql(url, "SHOW server_version").startswith("18.")
    assert said == ["bringing the data from PostgreSQL 16 to 18"]
    assert not (old_data.folder / "upgrade").exists()
    assert (old_data.folder / "16" / "PG_VERSION").exists()
    assert forget_old(old_data.folder) == [16]
    assert not (old_data.folder / "16").exists()


def test_nothing_is_done_when_nothing_is_due(open_folder, make_server):
    said = Said()
    assert bring_forward(open_folder / "pg", said) is None

    make_server().start(Said())

    assert bring_forward(open_folder / "pg", said) is None
    assert forget_old(open_folder / "pg") == []
    assert said == []


def test_data_in_use_is_left_alone(old_data):
    lock = try_lock(old_data)
    assert lock is not None

    with pytest.raises(CannotServe, match="stop Foundation first"):
        bring_forward(old_data.folder, Said())

    assert not old_data.cluster.exists()


def test_a_major_that_the_wheel_lacks_is_named_and_its_data_stays(open_folder):
    old = open_folder / "pg" / "12"
    old.mkdir(parents=True)
    (old / "PG_VERSION").write_text("12\n")

    with pytest.raises(CannotServe, match="has no PostgreSQL 12"):
        bring_forward(open_folder / "pg", Said())

    assert forget_old(open_folder / "pg") == []
    assert old.exists()
