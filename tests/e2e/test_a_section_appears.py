"""A wheel, an upgrade of the database and a roll: a section is there, and the web app is the same."""

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from .foundation_process import ROOT, FoundationProcess
from .person import Person
from .visitor import Visitor


def install(example: str, site: Path) -> None:
    """Build the wheel of an example and install it into *site*, as pip does anywhere."""
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    wheels = site.parent / "wheels"
    folder = ROOT / "examples" / example
    options = ["--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "wheel", *options, "--wheel-dir", wheels, folder], check=True)
    (wheel,) = wheels.glob(f"foundation_{example}-*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--no-index", "--target", site, wheel], check=True
    )


def fingerprint(folder: Path) -> str:
    """Return one hash over all files of the built web app."""
    whole = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        whole.update(f"{file.relative_to(folder)} ".encode() + file.read_bytes())
    return whole.hexdigest()


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[FoundationProcess]:
    """A Foundation that can be given more packages while it runs."""
    site = tmp_path / "site"
    site.mkdir()
    # One worker: what a request sees is then what every request sees.
    with FoundationProcess({"FOUNDATION_WORKERS": "1"}, site=site) as running:
        yield running


def test_two_wheels_become_two_sections_without_a_rebuild(
    growing: FoundationProcess, browser: Browser
) -> None:
    ada = Visitor(growing.url)
    ada.sign_in("admin")
    before = fingerprint(ROOT / "web" / "dist")
    assert growing.site is not None
    assert not {"hello", "hello_react"} & sections(ada)

    install("hello", growing.site)
    install("hello_react", growing.site)
    growing.roll(until=lambda: state(ada, "hello") == "needs_migration")

    mend = plugins(ada)["hello"]["mend"]
    assert growing.command(*mend.split()[1:]).returncode == 0
    growing.roll(until=lambda: state(ada, "hello") == "started")
    assert {"hello", "hello_react"} <= sections(ada)
    with Person(browser, growing.url) as someone:
        someone.sign_in("Ada Admin")
        page = someone.page
        page.get_by_role("link", name="Hello", exact=True).click()
        page.get_by_role("button", name="New note").first.click()
        page.get_by_label("Title").fill("Written in a browser")
        page.get_by_role("button", name="Create note").click()
        expect(page.get_by_role("heading", name="Written in a browser")).to_be_visible()
        page.get_by_role("link", name="Hello React").click()
        expect(page.get_by_role("button", name="Greet again")).to_be_visible()
        assert someone.complaints == []
    assert fingerprint(ROOT / "web" / "dist") == before


def plugins(visitor: Visitor) -> dict[str, Any]:
    """Return what the Plugins page is told, by id."""
    return {one["id"]: one for one in visitor.get("/api/plugins").json["items"]}


def state(visitor: Visitor, id: str) -> str | None:
    """Return the state of a plugin in whichever worker answers, or None."""
    known = plugins(visitor).get(id)
    return known and known["state"]


def sections(visitor: Visitor) -> set[str]:
    """Return the ids of the sections that somebody sees."""
    return {section["id"] for section in visitor.get("/api/shell").json["sections"]}
