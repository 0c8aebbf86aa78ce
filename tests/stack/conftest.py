"""One picture for the whole session: it takes seconds to start, so many facts share it."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.testing.postgres import quick_folder

from .mending import mend
from .picture import Picture

HERE = Path(__file__).parent


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep what shares the picture in one process, where tests are dealt out to several."""
    if config.pluginmanager.hasplugin("xdist"):
        for item in items:
            if HERE in item.path.parents:
                item.add_marker(pytest.mark.xdist_group("stack"))


@pytest.fixture(scope="session")
def picture() -> Iterator[Picture]:
    """The whole picture, running; whoever breaks a part mends it again."""
    folder = Path(tempfile.mkdtemp(prefix="foundation-stack-", dir=quick_folder()))
    folder.chmod(0o711)
    running = Picture(folder)
    try:
        running.start()
        yield running
    finally:
        running.close()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _mended(request: pytest.FixtureRequest) -> None:
    """Begin each test with a picture that is whole, whatever the one before has left."""
    if "picture" in request.fixturenames:
        mend(request.getfixturevalue("picture"))
