"""The child says that it is ready, and then one thing after each import."""

import io
import json
import os
import subprocess
import sys

from foundation.plugins.probe_child import NEXT, READY, run


def test_it_counts_imports_whatever_they_raise(yard):
    yard.add("import_nope")
    yard.add("exits")
    reading, writing = os.pipe()
    modules = [one.module for one in yard.installed]

    run(writing, io.StringIO(json.dumps({"path": list(sys.path), "modules": modules})))
    os.close(writing)

    with os.fdopen(reading, "rb") as told:
        assert told.read() == READY + NEXT + NEXT


FIRST = """
import io, json, os, sys
from foundation.plugins import probe_child
before = "foundation.sdk" in sys.modules
probe_child.run(1, io.StringIO(json.dumps({"path": sys.path, "modules": []})))
os.write(1, f"{before} {'foundation.sdk' in sys.modules}".encode())
"""


def test_what_all_plugins_stand_on_is_loaded_before_the_first_sign():
    said = subprocess.run([sys.executable, "-c", FIRST], capture_output=True, check=True).stdout

    assert said == READY + b"False True"
