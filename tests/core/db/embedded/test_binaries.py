"""The programs out of the wheel: in place when in reach, else copied with their libraries."""

import shutil

import pytest

from foundation.db.embedded.account import server_account
from foundation.db.embedded.binaries import MAJOR, PACKAGE, binaries, wheel_folder
from foundation.db.embedded.faults import CannotServe


@pytest.fixture
def private_wheel(open_folder):
    """A copy of the wheel below a folder that only its owner can enter, as a private home is."""
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    wheel, site = wheel_folder(), home / "site"
    shutil.copytree(wheel / "pginstall18", site / PACKAGE / "pginstall18")
    if (wheel.parent / f"{PACKAGE}.libs").is_dir():
        shutil.copytree(wheel.parent / f"{PACKAGE}.libs", site / f"{PACKAGE}.libs")
    return site / PACKAGE


def test_the_programs_can_be_run_by_the_servers_user(open_folder):
    account = server_account()

    found = binaries(MAJOR, account=account, copies=open_folder / "programs")

    for name in ("postgres", "initdb", "pg_upgrade"):
        done = account.run([found.program(name), "--version"])
        assert done.stdout.startswith(name)
        assert f" {MAJOR}." in done.stdout


def test_programs_in_a_private_home_are_copied_and_no_mode_is_changed(private_wheel, open_folder):
    account = server_account()
    copies = open_folder / "programs"

    found = binaries(MAJOR, account=account, copies=copies, wheel=private_wheel)

    assert account.run([found.program("initdb"), "--version"]).returncode == 0
    assert found.folder.is_relative_to(copies if account.lent else private_wheel)
    assert (open_folder / "home").stat().st_mode & 0o777 == 0o700
    assert not (found.folder / "include").exists() or not account.lent


def test_a_copy_is_made_once(private_wheel, open_folder):
    account = server_account()
    copies = open_folder / "programs"
    first = binaries(MAJOR, account=account, copies=copies, wheel=private_wheel)
    made = (first.folder / "bin" / "postgres").stat().st_ctime_ns

    again = binaries(MAJOR, account=account, copies=copies, wheel=private_wheel)

    assert again == first
    assert (again.folder / "bin" / "postgres").stat().st_ctime_ns == made
    assert not list(open_folder.glob("programs/*.new"))


def test_a_major_version_that_the_wheel_lacks_is_named(open_folder):
    with pytest.raises(CannotServe, match="has no PostgreSQL 9; install a release of it that has"):
        binaries(9, account=server_account(), copies=open_folder / "programs")


def test_without_the_wheel_two_ways_out_are_named():
    with pytest.raises(CannotServe) as refused:
        wheel_folder("no_such_package")

    assert "foundation-core[embedded]" in str(refused.value)
    assert "DATABASE_URL" in str(refused.value)
