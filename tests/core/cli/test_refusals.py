"""What an operator can mend ends a command with clear lines and a code; a fault of ours shows."""

import pytest

from foundation.cli.refusals import refusals, refuse
from foundation.db.address import BadAddress, Unreachable
from foundation.db.embedded import CannotServe
from foundation.errors import Conflict, FoundationError
from foundation.settings import SettingsRefused


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (SettingsRefused(["A: is missing", "B: is wrong"]), "A: is missing\nB: is wrong\n"),
        (BadAddress("is no address"), "FOUNDATION_DATABASE_URL: is no address\n"),
        (
            Unreachable("Connection refused"),
            "the database cannot be reached: Connection refused; look at FOUNDATION_DATABASE_URL\n",
        ),
        (CannotServe("it is of a newer version"), "it is of a newer version\n"),
    ],
)
def test_what_every_command_may_meet_is_told_and_ends_it_with_2(capsys, fault, words):
    with pytest.raises(SystemExit) as ended, refusals():
        raise fault

    assert (ended.value.code, capsys.readouterr().err) == (2, words)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Conflict("it is on"), "it is on\n"),
        (Conflict(), "The present state does not allow this\n"),
        (FileNotFoundError(2, "No such file", "a.dump"), "a.dump: No such file\n"),
        (ConnectionResetError(104, "Connection reset"), "Connection reset\n"),
    ],
)
def test_what_a_command_names_besides_is_told_too(capsys, fault, words):
    with pytest.raises(SystemExit) as ended, refusals(FoundationError, OSError):
        raise fault

    assert (ended.value.code, capsys.readouterr().err) == (2, words)


@pytest.mark.parametrize(("fault", "code"), [(Conflict("it is on"), 1), (Unreachable("off"), 2)])
def test_the_nearest_class_of_a_fault_decides_the_code(fault, code):
    with pytest.raises(SystemExit) as ended, refusals(codes={FoundationError: 1}):
        raise fault

    assert ended.value.code == code


def test_what_nobody_named_is_not_hidden():
    with pytest.raises(Conflict), refusals(OSError):
        raise Conflict("it is on")


def test_a_block_that_goes_well_goes_on(capsys):
    with refusals():
        pass

    assert capsys.readouterr().err == ""


def test_a_refusal_tells_each_line_and_ends_with_its_code(capsys):
    with pytest.raises(SystemExit) as ended:
        refuse(["one", "two"], code=3)

    assert (ended.value.code, capsys.readouterr().err) == (3, "one\ntwo\n")
