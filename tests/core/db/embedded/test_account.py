"""Who runs the server: a system user for root, ourselves otherwise."""

import os
import pwd

import pytest

from foundation.db.embedded.account import Account, _make, server_account
from foundation.db.embedded.faults import CannotServe

IS_ROOT = os.geteuid() == 0


def test_root_lends_the_server_a_system_user_and_anybody_else_runs_it_alone():
    account = server_account()

    assert account.uid != 0
    assert account.lent is IS_ROOT
    assert (
        (account.uid == pwd.getpwnam("foundation").pw_uid)
        if IS_ROOT
        else (account.uid == os.geteuid())
    )


def test_a_command_runs_as_that_user_from_the_root_with_a_bare_environment():
    account = server_account()

    done = account.run(["/bin/sh", "-c", "id -u; pwd; env | cut -d= -f1 | sort; cat"], text="input")

    lines = done.stdout.splitlines()
    assert lines[:2] == [str(account.uid), "/"]
    assert set(lines[2:-1]) <= {"LC_ALL", "PATH", "PWD", "SHLVL", "_", "OLDPWD"}
    assert lines[-1] == "input"


def test_a_folder_below_a_private_one_is_out_of_reach_of_a_lent_user(open_folder):
    inner = open_folder / "private" / "inner"
    inner.mkdir(parents=True)
    account = server_account()
    assert account.reaches(inner)

    (open_folder / "private").chmod(0o700)

    assert account.reaches(inner) is not IS_ROOT


def test_what_root_makes_for_the_user_is_the_users(open_folder):
    file = open_folder / "file"
    file.touch()
    account = server_account()

    account.own(file)

    assert file.stat().st_uid == account.uid


def test_a_user_that_another_process_makes_meanwhile_is_found():
    found = iter([None, pwd.getpwuid(0)])

    assert _make(lambda: "already exists", lambda: next(found)).pw_uid == 0


def test_a_user_that_cannot_be_made_is_one_line_that_says_what_to_do():
    with pytest.raises(CannotServe) as refused:
        _make(lambda: "the file is read-only", lambda: None, tries=2)

    assert "the file is read-only" in str(refused.value)
    assert "run Foundation as a user" in str(refused.value)


def test_an_account_that_is_not_lent_changes_nobody():
    assert Account(os.geteuid(), os.getegid(), lent=False).become() == {}
