"""What is installed is compared with its own RECORD and its own requirements."""

import base64
import hashlib

import pytest

from foundation.plugins.packages import changed_files, clashes


@pytest.fixture
def wheel(tmp_path, yard):
    """Install a distribution by hand; gives the one file of it."""
    file = tmp_path / "foundation_thing.py"
    file.write_text("x = 1\n")
    digest = base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).decode()
    info = tmp_path / "foundation_thing-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: foundation-thing\nVersion: 1.0\n"
        "Requires-Dist: click<1\nRequires-Dist: absent-thing\nRequires-Dist: pydantic>=2\n"
        'Requires-Dist: never; extra == "more"\n'
    )
    (info / "RECORD").write_text(
        f"{file.name},sha256={digest.rstrip('=')},6\n{info.name}/METADATA,,\n"
    )
    return file


def test_a_whole_distribution_has_no_changed_file(wheel):
    assert changed_files("foundation-thing") == []


def test_a_changed_and_a_lost_file_are_named(wheel):
    wheel.write_text("x = 2\n")
    changed = changed_files("foundation-thing")
    wheel.unlink()

    assert changed == changed_files("foundation-thing") == ["foundation_thing.py"]


def test_a_distribution_that_is_not_there_has_no_files():
    assert changed_files("no-such-thing") == []
    assert clashes(["no-such-thing"]) == []


def test_requirements_that_are_not_met_are_told_and_extras_are_not(wheel):
    told = clashes(["foundation-thing"])

    assert len(told) == 2
    assert "foundation-thing needs click<1, and version" in told[0]
    assert told[1] == "foundation-thing needs absent-thing, which is not installed"
