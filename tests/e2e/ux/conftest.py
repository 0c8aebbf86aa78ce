"""What the pages are tried with: an administrator at a desk, two projects, and where to look."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from ..foundation_process import FoundationProcess
from ..person import Person
from ..visitor import Visitor

PLACES = ("/", "/s/credentials", "/s/projects", "/s/audit", "/s/users", "/s/runs", "/settings")
LONG = "Name von " * 22


@pytest.fixture(scope="session")
def things(foundation: FoundationProcess) -> dict[str, str]:
    """Two projects, one of them with a name of two hundred characters, and a person who reads."""
    ada = Visitor(foundation.url)
    ada.sign_in("admin")
    ada.post("/api/projects", {"slug": "ux-found", "name": "Findable harbour"})
    made = ada.get("/api/projects?q=Findable").json["items"][0]
    ada.post("/api/projects", {"slug": "ux-long", "name": LONG[:200]})
    return {"project": made["id"]}


@pytest.fixture
def ada(
    foundation: FoundationProcess, browser: Browser, things: dict[str, str]
) -> Iterator[Person]:
    """An administrator at a desk."""
    with Person(browser, foundation.url) as someone:
        someone.sign_in("Ada Admin")
        yield someone
