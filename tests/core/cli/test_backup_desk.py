"""What goes wrong with a copy is one line and exit code 2, and what it is called is short."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from foundation.backup.manifest import Manifest, NoManifest
from foundation.backup.programs import NoProgram, ProgramFailed
from foundation.backup.restore import NoScratch, NotEmpty, NotWhole
from foundation.cli.backup_desk import MET_HERE, copied, rows
from foundation.cli.refusals import refusals

FAULTS = (NoManifest, NoProgram, ProgramFailed, NoScratch, NotEmpty, NotWhole, OSError)


@pytest.mark.parametrize("fault", FAULTS)
def test_what_an_operator_can_mend_is_a_line_and_exit_code_2(fault, capsys):
    with pytest.raises(SystemExit) as ended, refusals(*MET_HERE):
        raise fault("the disk is full")

    assert ended.value.code == 2
    assert capsys.readouterr().err == "the disk is full\n"


def test_the_book_holds_the_name_of_a_file_and_not_its_folder():
    manifest = Manifest(
        made_at=datetime(2026, 5, 1, tzinfo=UTC),
        deployment="d",
        foundation="1",
        server=180004,
        tables={"a.b": 1200, "a.c": 34},
        keys={},
        tree_size=0,
        bytes=7,
        sha256="00",
    )

    assert copied(Path("/srv/backups/x.dump"), manifest).file == "x.dump"
    assert rows(manifest) == "1,234"
