"""A running Foundation, a real Chromium and a real Firefox for the tests that use it as a person would."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from .firefox import Firefox
from .foundation_process import ROOT, FoundationProcess
from .honest import honest_afterwards

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
HOW = "no Chromium here; install it (Debian: apt-get install chromium) to run the browser's tests"
FIREFOX = ("firefox-esr", "firefox")
HOW_FIREFOX = "no Firefox here; install it (Debian: apt-get install firefox-esr) to run its tests"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def foundation() -> Iterator[FoundationProcess]:
    """One Foundation for the whole session; tests make their own things in it."""
    with FoundationProcess() as running:
        yield running


@pytest.fixture
def the_next_honest_request_works(foundation: FoundationProcess) -> Iterator[None]:
    """Let somebody sign in after the attack that a test tries, and nothing before it be a 500."""
    with honest_afterwards(foundation):
        yield


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A real Chromium of the system.

    For one module only: while Playwright runs, its event loop occupies this thread, and the
    asynchronous tests of other modules want their own.
    """
    found = [path for name in CHROMIUM if (path := shutil.which(name))]
    if not found:
        pytest.skip(HOW)
    if not (ROOT / "web" / "dist" / "index.html").is_file():
        pytest.skip("the web app is not built; `make test` builds it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found[0], args=list(FLAGS))
        yield chromium
        chromium.close()


@pytest.fixture
def firefox() -> Iterator[Firefox]:
    """A real Firefox of the system, for what each browser does in its own way."""
    found = [path for name in FIREFOX if (path := shutil.which(name))]
    if not found:
        pytest.skip(HOW_FIREFOX)
    if not (ROOT / "web" / "dist" / "index.html").is_file():
        pytest.skip("the web app is not built; `make test` builds it")
    with Firefox(found[0]) as running:
        yield running


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core, which looks for barriers in a page."""
    return (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture(scope="session")
def pictures() -> Path:
    """Where screenshots go: a folder that git does not keep."""
    folder = Path(os.environ.get("FOUNDATION_TEST_PICTURES", ROOT / "test-results"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
