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


def test_it_loads_nothing_of_foundation_before_the_plugins():
    code = "import sys, foundation.plugins.probe_child; print(*sorted(sys.modules))"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert "sqlalchemy" not in loaded.stdout
    assert "quart" not in loaded.stdout
