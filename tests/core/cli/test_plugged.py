"""What a plugin can do on the host reads like any command, and loads that plugin alone."""

import asyncio
import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from foundation.cli.main import main
from foundation.testing.site import announce, on_path

FIXTURES = Path(__file__).parents[2] / "fixtures"
CANARY = "canary-5f2c"


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A data folder, where what the probe found is kept for the next command."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def site(tmp_path):
    """Where `hosted` is installed, beside one that would end this process at its import."""
    folder = tmp_path / "site"
    announce(folder, "foundation-hosted", {"hosted": "foundation_hosted.plugin"})
    announce(folder, "foundation-dies", {"dies": "foundation_dies.plugin"})
    return folder


@pytest.fixture
def foundation(site, data, monkeypatch):
    """Run ``foundation`` with nothing set but a data folder."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    given = {"FOUNDATION_DATA": str(data), "COLUMNS": "200"}

    def run(*words, **more):
        return CliRunner().invoke(main, words, env=given | more, catch_exceptions=False)

    with on_path(site), on_path(FIXTURES / "hosted"), on_path(FIXTURES / "broken"):
        importlib.invalidate_caches()
        yield run
    for name in [name for name in sys.modules if name.startswith("foundation_hosted")]:
        del sys.modules[name]


def test_its_commands_are_listed_with_examples_and_without_a_database(foundation):
    shown = foundation("hosted", "--help")

    assert (shown.exit_code, shown.stderr) == (0, "")
    assert "Hosted: what the plugin hosted 0.1.0 can do on this host." in shown.stdout
    assert "  count      Count things.\n" in shown.stdout
    assert "  foundation hosted count --upto UPTO\n" in shown.stdout
    assert "foundation_dies" not in sys.modules


def test_each_field_is_an_option_with_its_help(foundation):
    lines = foundation("hosted", "count", "--help").stdout.splitlines()

    for option, help in (
        ("--upto INTEGER", "How far to count  [required]"),
        ("--colour [red|blue]", "In which colour  [default: red]"),
        ("--tags TEXT", "Any words"),
        ("--loud / --no-loud", "In capitals"),
    ):
        (line,) = [line for line in lines if line.strip().startswith(option)]
        assert line.endswith(help)
    assert lines[-1].strip() == "foundation hosted count --upto UPTO"


def test_an_option_that_does_not_fit_is_named_and_its_value_is_not(foundation):
    refused = foundation("hosted", "count", "--upto", "0", "--tags", CANARY)
    missing = foundation("hosted", "count")

    assert (refused.exit_code, missing.exit_code) == (2, 2)
    assert "--upto: Input should be greater than or equal to 1" in refused.stderr
    assert "--tags: Value error, a tag has at most 5 letters" in refused.stderr
    assert CANARY not in refused.output
    assert "Missing option '--upto'" in missing.stderr


@pytest.mark.parametrize(
    ("words", "more", "told"),
    [
        (("projects",), {}, "projects adds no command"),
        (("dies",), {}, "dies is failing at import: its import ended the probe"),
        (
            ("hosted", "count"),
            {"FOUNDATION_PLUGINS_DISABLED": "hosted"},
            "hosted is disabled: named in FOUNDATION_PLUGINS_DISABLED\nmend: take hosted out",
        ),
    ],
)
def test_a_plugin_that_can_do_nothing_says_why(foundation, words, more, told):
    refused = foundation(*words, **more)

    assert refused.exit_code == 1
    assert told in refused.stderr


def test_a_plugin_that_is_not_there_is_no_command(foundation):
    refused = foundation("detsoh")

    assert (refused.exit_code, "No such command 'detsoh'" in refused.stderr) == (2, True)


def test_without_settings_it_is_2(foundation):
    refused = foundation("hosted", "count", "--upto", "1", FOUNDATION_OIDC_ISSUER="")

    assert refused.exit_code == 2
    assert "FOUNDATION_" in refused.stderr


async def test_a_whole_process_says_its_answer_and_logs_without_secrets(
    site, data, foundation_environ, core_database_url
):
    environ = foundation_environ | {
        "FOUNDATION_DATABASE_URL": core_database_url.reveal(),
        "FOUNDATION_HOSTED_PASSWORD": CANARY,
        "FOUNDATION_DATA": str(data),
        "PYTHONPATH": os.pathsep.join(map(str, (site, FIXTURES / "hosted", FIXTURES / "broken"))),
        "PATH": os.environ["PATH"],
    }
    words = [
        "hosted",
        "count",
        "--upto",
        "3",
        "--colour",
        "blue",
        "--tags",
        "a",
        "--tags",
        "b",
        "--loud",
    ]
    done = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-m", "foundation.cli", *words],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (0, "3 BLUE THINGS A+B\n"), done.stderr
    assert '"command":"count"' in done.stderr.replace(" ", "")
    assert CANARY not in done.stderr
