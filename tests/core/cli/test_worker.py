"""``foundation worker`` tells what is wrong before it works."""

import os
import subprocess
import sys


def worker(*options, **settings):
    environ = {k: v for k, v in os.environ.items() if not k.startswith("FOUNDATION_")}
    return subprocess.run(
        [sys.executable, "-m", "foundation.cli", "worker", *options],
        env={**environ, **settings},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_without_settings_it_names_what_is_missing():
    done = worker()

    assert done.returncode == 2
    assert "FOUNDATION_DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_number_of_slots_below_one_is_refused():
    done = worker("--slots", "0")

    assert done.returncode == 2
    assert "--slots" in done.stderr
