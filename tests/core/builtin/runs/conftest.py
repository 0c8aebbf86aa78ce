"""The plugin of ``tests/fixtures/toil``, as if installed, for the tests of this section."""

from pathlib import Path

import pytest

TOIL = Path(__file__).parents[3] / "fixtures" / "toil"


@pytest.fixture(autouse=True)
def toil_is_installed(monkeypatch, tmp_path):
    """Let the loader find a plugin with one job."""
    info = tmp_path / "foundation_toil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: foundation-toil\nVersion: 1\n")
    (info / "entry_points.txt").write_text("[foundation.plugins]\ntoil = foundation_toil.plugin\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(TOIL)
