"""The service of compose that copies the database: its own command, environment and secrets."""

import re
from pathlib import Path

from .picture import Picture
from .program import until
from .shipped import compose

TOLD = """
    SELECT type, outcome FROM foundation.audit_log WHERE type LIKE 'system.backup.%' ORDER BY occurred_at
"""


def test_the_service_makes_the_first_at_once_tries_it_out_and_waits_for_the_night(
    picture: Picture,
) -> None:
    shipped = compose()["services"]["backup"]
    *command, folder = shipped["command"]
    kept = picture.folder / "backups"
    assert folder == shipped["volumes"][0].partition(":")[2]

    service = picture.service("backup", *command, str(kept))
    until(lambda: service.alive() and service.said.count("next: ") == 3, "it waits for the night")
    status = Path(f"/proc/{service.pid}/status").read_text("ascii")
    service.stop()

    steps = [line.split()[1] for line in service.said.splitlines() if line.startswith("next: ")]
    found = re.findall(r"^(ok |BAD) (\w+):", service.said, re.MULTILINE)
    assert steps[:2] == ["backup", "drill"]
    assert found == [("ok ", part) for part in ("rows", "trail", "keys", "values")]
    assert len([*kept.glob("*.dump")]) == 1
    assert picture.sql(TOLD) == [
        ("system.backup.made", "success"),
        ("system.backup.drilled", "success"),
    ]
    ((peak,),) = [re.findall(r"\d+", line) for line in status.splitlines() if "VmHWM" in line]
    assert int(peak) < 200_000  # kB, of the 256 MB that its container has
