"""Foundation started twice in a row keeps its data, and Ctrl-C leaves no process behind."""

import shutil
import time
from pathlib import Path

from .foundation_process import FOUNDATION, FoundationProcess
from .visitor import Visitor


def left_behind(process: FoundationProcess) -> list[str]:
    """Return the command lines of what still runs with the data folder of *process*."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
        except OSError:  # it ended meanwhile
            continue
        if str(process.data).encode() in told:
            found.append((folder / "cmdline").read_bytes().decode().replace("\0", " "))
    return found


def test_the_second_start_finds_what_the_first_one_kept() -> None:
    process = FoundationProcess({"FOUNDATION_WORKERS": "1"}, start_with=(FOUNDATION, "dev"))
    try:
        with_data = process.__enter__()
        ada = Visitor(with_data.url)
        ada.sign_in("admin")
        ada.post("/api/projects", {"slug": "kept", "name": "Kept"})

        assert process.stop() == 0
        ends = time.monotonic() + 60
        while left_behind(process) and time.monotonic() < ends:
            time.sleep(0.1)
        assert left_behind(process) == []

        again = Visitor(process.__enter__().url, dict(ada.cookies))
        assert again.get("/api/auth/me").status == 200
        assert [one["slug"] for one in again.get("/api/projects").json["items"]] == ["kept"]
        assert process.stop() == 0
    finally:
        shutil.rmtree(process.data, ignore_errors=True)
