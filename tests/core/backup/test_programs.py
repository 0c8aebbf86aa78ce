"""PostgreSQL's programs: new enough or refused, and never told a secret in their arguments."""

import pytest

from foundation.backup.programs import NoProgram, ProgramFailed, Programs, find_programs
from foundation.secret import Secret

URL = Secret("postgresql://ada:the-canary@db.example:5433/ops?sslmode=require")
SAYS = '#!/bin/sh\nprintf "%s\\n" "$@" > {out}; env >> {out}; exit {code}\n'


@pytest.fixture
def place(tmp_path):
    """Make a folder of programs that say they are of a version, and write down what they get."""

    def make(version: str, *, code: int = 0):
        folder = tmp_path / version
        folder.mkdir()
        for name in ("pg_dump", "pg_restore"):
            program = folder / name
            told = f'[ "$1" = --version ] && echo "{name} (PostgreSQL) {version}" && exit 0\n'
            head, body = SAYS.format(out=folder / "out", code=code).split("\n", 1)
            program.write_text(f"{head}\n{told}echo it broke >&2\n{body}")
            program.chmod(0o755)
        return folder

    return make


def test_the_first_that_is_new_enough_is_taken(place):
    old, right = place("16.4"), place("18.1")

    assert find_programs(18, places=[old, right]) == Programs(right)
    assert find_programs(16, places=[old, right]) == Programs(old)


def test_none_that_is_new_enough_names_the_package(place):
    with pytest.raises(NoProgram, match="install postgresql-client-18"):
        find_programs(18, places=[place("17.2")])


def test_a_folder_without_programs_is_passed_over(tmp_path, place):
    assert find_programs(18, places=[tmp_path, place("18.1")]).folder.name == "18.1"


def test_those_of_the_embedded_server_are_found_here():
    assert (find_programs(18).folder / "pg_dump").is_file()


def test_the_address_goes_through_the_environment_alone(place):
    folder = place("18.1")

    Programs(folder).run("pg_dump", "--format=custom", url=URL)

    words, _, environ = (folder / "out").read_text().partition("--format=custom\n")
    assert words == "--no-password\n"
    told = dict(line.split("=", 1) for line in environ.splitlines() if "=" in line)
    assert (told["PGHOST"], told["PGPORT"], told["PGDATABASE"]) == ("db.example", "5433", "ops")
    assert (told["PGUSER"], told["PGPASSWORD"]) == ("ada", "the-canary")
    assert told["PGSSLMODE"] == "require"
    assert not [name for name in told if name.startswith("FOUNDATION")]


def test_a_failure_tells_the_programs_own_words(place):
    with pytest.raises(ProgramFailed, match="pg_restore ended with 3: it broke"):
        Programs(place("18.1", code=3)).run("pg_restore", url=URL)
