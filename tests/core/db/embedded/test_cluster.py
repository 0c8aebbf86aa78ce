"""The server's folder: private, made whole or not at all, held by one process."""

import os
import stat

import pytest

from foundation.db.embedded.account import server_account
from foundation.db.embedded.binaries import MAJOR, binaries
from foundation.db.embedded.cluster import (
    Layout,
    folder_in,
    make_cluster,
    must,
    prepare_folder,
    try_lock,
    write_password,
)
from foundation.db.embedded.faults import CannotServe

IS_ROOT = os.geteuid() == 0


@pytest.fixture
def layout(open_folder):
    return Layout(open_folder / "data" / "pg")


def _mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_private_and_the_servers_own(layout):
    prepare_folder(layout, server_account())

    assert _mode(layout.folder) == 0o700
    assert layout.folder.stat().st_uid == server_account().uid


def test_no_folder_above_is_changed(layout, open_folder):
    (open_folder / "data").mkdir(mode=0o755)
    before = [_mode(open_folder), _mode(open_folder / "data")]

    prepare_folder(layout, server_account())

    assert [_mode(open_folder), _mode(open_folder / "data")] == before


def test_a_new_folder_above_lets_the_servers_user_pass_and_shows_it_nothing(layout):
    prepare_folder(layout, server_account())

    assert _mode(layout.folder.parent) == (0o711 if IS_ROOT else 0o700)


def test_a_folder_that_was_open_is_closed(layout):
    layout.folder.mkdir(parents=True, mode=0o755)

    prepare_folder(layout, server_account())

    assert _mode(layout.folder) == 0o700


def test_a_folder_that_cannot_be_made_is_one_line(layout, open_folder):
    (open_folder / "data").touch()

    with pytest.raises(CannotServe, match=r"cannot be made: .*; set FOUNDATION_DATA"):
        prepare_folder(layout, server_account())


def test_a_private_folder_above_is_named_for_root_and_left_alone(layout, open_folder):
    (open_folder / "data").mkdir(mode=0o700)
    if IS_ROOT:
        with pytest.raises(CannotServe, match="a folder above it is private"):
            prepare_folder(layout, server_account())
    else:
        prepare_folder(layout, server_account())

    assert _mode(open_folder / "data") == 0o700


def test_the_lock_is_had_by_one(layout):
    prepare_folder(layout, server_account())
    first = try_lock(layout)
    assert first is not None

    assert try_lock(layout) is None

    os.close(first)
    again = try_lock(layout)
    assert again is not None
    os.close(again)


def test_the_password_is_long_random_and_private(layout):
    prepare_folder(layout, server_account())
    write_password(layout, server_account())
    first = layout.password.read_text()
    write_password(layout, server_account())

    assert len(first) >= 43
    assert layout.password.read_text() != first
    assert _mode(layout.password) == 0o600
    assert layout.password.stat().st_uid == server_account().uid


def test_what_a_kill_left_half_made_is_made_anew_and_what_is_whole_stays(layout):
    account = server_account()
    prepare_folder(layout, account)
    programs = binaries(MAJOR, account=account, copies=layout.copies)
    layout.fresh.mkdir()
    (layout.fresh / "half").touch()

    make_cluster(layout, programs, account=account, options=("--no-sync",))
    password = layout.password.read_text()
    make_cluster(layout, programs, account=account)

    assert not layout.fresh.exists()
    assert (layout.cluster / "PG_VERSION").read_text() == f"{MAJOR}\n"
    assert not (layout.cluster / "half").exists()
    assert layout.password.read_text() == password


def test_a_failed_initdb_is_one_line_and_leaves_no_cluster(layout):
    account = server_account()
    prepare_folder(layout, account)
    programs = binaries(MAJOR, account=account, copies=layout.copies)

    with pytest.raises(CannotServe, match="the folder of PostgreSQL cannot be made"):
        make_cluster(layout, programs, account=account, options=("--nonsense",))

    assert not layout.cluster.exists()


def test_an_error_of_a_program_that_ends_with_0_is_seen():
    done = server_account().run(["/bin/sh", "-c", "echo 'ERROR:  no'; exit 0"])

    with pytest.raises(CannotServe, match="the thing cannot be made: ERROR:  no"):
        must(done, "the thing")


def test_other_majors_are_found_newest_first(layout):
    for name in ("16", "17", "18", "17.old", "x"):
        (layout.folder / name).mkdir(parents=True)
        (layout.folder / name / "PG_VERSION").touch()
    (layout.folder / "15").mkdir()

    assert layout.old_majors() == [17, 16]


def test_everybody_looks_in_the_same_place(tmp_path):
    assert folder_in(tmp_path) == tmp_path / "pg"
