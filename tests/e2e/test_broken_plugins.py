"""Plugins that break in every way start nothing, harm nobody, and are shown with their reason."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from .foundation_process import ROOT, FoundationProcess
from .person import Person
from .visitor import Visitor

BROKEN = {
    "import_nope": ("import_error", "nope"),
    "dies": ("import_error", "its import ended the probe"),
    "misspelt": ("invalid", "navigation"),
    "async_hook": ("invalid", "async"),
    "no_needs": ("invalid", "needs"),
    "public_table": ("invalid", "public"),
    "newer_api": ("incompatible", ">=9"),
}
"""How each is broken, by the state it must have and a word its reason must hold."""


def install(id: str, site: Path) -> None:
    """Put a broken plugin into *site*, with what pip would write beside it."""
    package = f"foundation_{id}"
    shutil.copytree(ROOT / "tests" / "fixtures" / "broken" / package, site / package)
    info = site / f"{package}-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: foundation-{id}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[foundation.plugins]\n{id} = {package}.plugin\n")


@pytest.fixture(scope="module")
def haunted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FoundationProcess]:
    """A Foundation into which all of them are installed."""
    site = tmp_path_factory.mktemp("haunted")
    for id in BROKEN:
        install(id, site)
    with FoundationProcess(site=site) as running:
        yield running


def test_the_command_tells_each_with_its_reason(haunted: FoundationProcess) -> None:
    listed = haunted.command("plugin", "list", "--json")

    told = {one["id"]: one for one in json.loads(listed.stdout)["plugins"]}
    for id, (state, word) in BROKEN.items():
        assert told[id]["state"] == state, told[id]
        assert word in told[id]["reason"]
    assert told["projects"]["state"] == "started"


def test_the_rest_works_and_nothing_of_the_broken_answers(haunted: FoundationProcess) -> None:
    ada = Visitor(haunted.url)
    ada.sign_in("admin")

    made = ada.post("/api/projects", {"slug": "haunted", "name": "Haunted"})
    answers = {id: ada.get(f"/api/{id}").status for id in BROKEN}

    assert made.status == 201
    assert set(answers.values()) <= {404, 503}


def test_the_plugins_page_shows_each_with_its_reason(
    haunted: FoundationProcess, browser: Browser, axe: str, pictures: Path
) -> None:
    with Person(browser, haunted.url, height=1800) as ada:
        ada.sign_in("Ada Admin", at="/settings/plugins")
        for id, (_, word) in BROKEN.items():
            expect(ada.page.get_by_text(id, exact=True).first).to_be_visible()
            expect(ada.page.get_by_text(word).first).to_be_visible()
        ada.page.screenshot(path=pictures / "plugins-broken.png")

        assert ada.barriers(axe) == []
        assert ada.complaints == []
