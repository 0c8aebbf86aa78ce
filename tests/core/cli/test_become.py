"""Becoming the supervisor."""

import os
import subprocess
import sys

from foundation.cli.become import environment


def test_options_become_settings():
    assert environment(port=8080, host=None)["FOUNDATION_PORT"] == "8080"


def test_what_is_not_given_stays_as_it_is():
    assert environment(port=None) == dict(os.environ)


def test_the_process_is_replaced_and_its_exit_code_is_the_supervisors():
    code = "from foundation.cli.become import become_supervisor as b; b('nothing', {'A': 'b'})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert done.stderr == "usage: python -m foundation.supervisor serve|dev\n"
