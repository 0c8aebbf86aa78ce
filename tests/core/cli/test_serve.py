"""``foundation serve`` hands its options on as settings."""

import os
import subprocess
import sys

import pytest


def serve(*options, **settings):
    environ = {k: v for k, v in os.environ.items() if not k.startswith("FOUNDATION_")}
    return subprocess.run(
        [sys.executable, "-m", "foundation.cli", "serve", *options],
        env={**environ, **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_without_settings_every_missing_one_is_named_on_a_line_of_its_own():
    done = serve()

    assert done.returncode == 2
    assert "foundation: FOUNDATION_DATABASE_URL: is missing\n" in done.stderr
    assert "foundation: FOUNDATION_OIDC_ISSUER: is missing\n" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("option", "value"), [("--port", "0"), ("--workers", "x")])
def test_a_wrong_option_is_refused_by_its_name(option, value):
    done = serve(option, value)

    assert done.returncode == 2
    assert option in done.stderr


def test_an_option_wins_over_the_environment():
    done = serve("--port", "8080", FOUNDATION_PORT="many")

    assert "FOUNDATION_PORT" not in done.stderr
