"""``foundation db``: one clear line for what an operator can mend, and exit codes to build on."""

import asyncio
import re

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from foundation.cli.db import db
from foundation.db.address import direct_engine
from foundation.secret import Secret


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run the command with an environment of its own; it may not join a database of the machine."""

    def invoke(*words: str, url: Secret | None = None, **environ: str):
        given = {"FOUNDATION_DATA": str(tmp_path), "COLUMNS": "200", **environ}
        if url is not None:
            given["FOUNDATION_DATABASE_URL"] = url.reveal()
        for name in ("DATABASE_URL", "FOUNDATION_DATABASE_URL"):
            monkeypatch.delenv(name, raising=False)
        return CliRunner().invoke(db, words, env=given, catch_exceptions=False)

    return invoke


@pytest.fixture
def url(postgres):
    """An empty database for commands that bring their own event loop."""
    address = asyncio.run(postgres.create())
    yield address
    asyncio.run(postgres.drop(address))


def test_upgrade_then_status_tells_that_all_is_up_to_date(run, url):
    upgraded, status = run("upgrade", url=url), run("status", url=url)

    assert upgraded.exit_code == 0
    assert re.search(
        r"^foundation: \d+ revisions applied, now at foundation_", upgraded.output, re.MULTILINE
    )
    assert re.search(r"^projects: \d+ revisions? applied", upgraded.output, re.MULTILINE)
    assert status.exit_code == 0
    assert re.search(r"projects +up to date +projects_\w+ +projects_\w+", status.output)


def test_a_second_upgrade_says_where_everything_is(run, url):
    run("upgrade", url=url)

    again = run("upgrade", url=url)

    assert again.exit_code == 0
    assert re.search(r"^projects: already at projects_\w+$", again.output, re.MULTILINE)


def test_status_before_the_first_upgrade_says_what_to_run_and_exits_1(run, url):
    status = run("status", url=url)

    assert status.exit_code == 1
    assert re.search(r"foundation +not made yet +- +foundation_\w+ +\d", status.output)
    assert "run `foundation db upgrade`" in status.output


def test_a_disabled_plugin_is_not_migrated(run, url):
    done = run("upgrade", url=url, FOUNDATION_PLUGINS_DISABLED="projects,hello")

    assert done.exit_code == 0
    assert "projects" not in done.output


def test_one_plugin_is_migrated_alone_after_core(run, url):
    done = run("upgrade", "--plugin", "projects", url=url)
    unknown = run("upgrade", "--plugin", "nobody", url=url)

    assert done.exit_code == 0
    assert re.findall(r"^(\w+): \d+ revisions? applied", done.output, re.MULTILINE) == [
        "foundation",
        "projects",
    ]
    assert unknown.exit_code == 2
    assert "nobody: no plugin of this id has tables here" in unknown.output


@pytest.mark.parametrize("command", ["upgrade", "status"])
def test_a_server_that_is_away_is_one_line_without_the_password(run, command):
    away = run(command, url=Secret("postgresql://bob:hunter2@127.0.0.1:1/x"))

    assert away.exit_code == 2
    assert (
        away.output
        == "the database cannot be reached: Connection refused; look at FOUNDATION_DATABASE_URL\n"
    )


@pytest.mark.parametrize(
    ("environ", "line"),
    [
        ({}, "FOUNDATION_DATABASE_URL: is missing, and `foundation dev` has made no database here"),
        (
            {"FOUNDATION_DATABASE_URL": "mysql://bob:hunter2@h/x"},
            "FOUNDATION_DATABASE_URL: only PostgreSQL is supported",
        ),
        (
            {"FOUNDATION_DATABASE_URL": "hunter2"},
            "FOUNDATION_DATABASE_URL: give an address such as",
        ),
        (
            {"FOUNDATION_DATABASE_URL_FILE": "/nowhere"},
            "FOUNDATION_DATABASE_URL_FILE: cannot be read: No such file",
        ),
        ({"DATABASE_URL": "mysql://h/x"}, "FOUNDATION_DATABASE_URL: only PostgreSQL is supported"),
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(run, environ, line):
    refused = run("status", **environ)

    assert refused.exit_code == 2
    assert refused.output.startswith(line)
    assert refused.output.count("\n") == 1
    assert "hunter2" not in refused.output


def test_what_the_database_refuses_is_one_line(run, url, postgres):
    run("upgrade", url=url)
    asyncio.run(_take_away(url))

    refused = run("status", url=url)

    assert refused.exit_code == 2
    assert refused.output == "the database refuses: column schema_info.generation does not exist\n"


async def _take_away(url) -> None:
    async with direct_engine(
        url, application_name="foundation/tests", server={}
    ).begin() as connection:
        await connection.execute(text("ALTER TABLE foundation.schema_info DROP COLUMN generation"))


def test_a_revision_for_nobody_is_one_line(run, url):
    refused = run("revision", "nobody", "-m", "x", url=url)

    assert refused.exit_code == 2
    assert refused.output == "nobody: no plugin of this id has tables here\n"


def test_a_revision_needs_tables_that_are_up_to_date(run, url):
    refused = run("revision", "foundation", "-m", "x", url=url)

    assert refused.exit_code == 2
    assert "foundation is absent; run `foundation db upgrade` first" in refused.output


def test_help_shows_examples(run):
    shown = run("--help")

    assert "foundation db upgrade" in shown.output
    assert "FOUNDATION_DATABASE_URL=postgresql://" in shown.output
