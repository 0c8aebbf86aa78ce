"""``foundation dev`` hands its options on as settings."""

import os
import subprocess
import sys


def test_a_data_folder_that_cannot_be_made_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()
    environ = {k: v for k, v in os.environ.items() if not k.startswith("FOUNDATION_")}
    command = [
        sys.executable,
        "-m",
        "foundation.cli",
        "dev",
        "--data",
        str(tmp_path / "file" / "x"),
    ]
    done = subprocess.run(
        command, env=environ, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 2
    assert "cannot be written: Not a directory" in done.stderr
    assert len(done.stderr.splitlines()) == 1
