"""No page has a barrier that axe finds, an error in the console or a blocked resource, in either theme."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from .foundation_process import FoundationProcess
from .person import Person, Theme
from .visitor import Visitor

PAGES = (
    "/",
    "/s/credentials",
    "/s/projects",
    "/s/etl",
    "/s/recos",
    "/s/collect",
    "/s/audit",
    "/s/users",
    "/s/users/invitations",
    "/s/users/roles",
    "/s/users/roles/new",
    "/s/users/services",
    "/settings",
    "/settings/sessions",
    "/settings/tokens",
    "/settings/plugins",
    "/s/nowhere",
    "/dev/kit",
)
SIZES = ((1440, 900), (375, 800))
THEMES: tuple[Theme, ...] = ("light", "dark")


@pytest.fixture(scope="module")
def furnished(foundation: FoundationProcess) -> FoundationProcess:
    """A Foundation in which each list has something, a very long name too."""
    ada = Visitor(foundation.url)
    ada.sign_in("admin")
    for number in range(3):
        ada.post("/api/projects", {"slug": f"furnished-{number}", "name": f"Furnished {number}"})
    ada.post("/api/projects", {"slug": "furnished-long", "name": "A very long name " * 11})
    ada.post(
        "/api/creds",
        {
            "slug": "furnished",
            "name": "Furnished",
            "kind": "bearer",
            "values": {"token": "not shown"},
        },
    )
    return foundation


@dataclass(slots=True)
class Looks:
    """What axe finds in each look of a page: the style sheet alone tells one from the other."""

    ada: Person
    axe: str
    pictures: Path
    sizes: Iterable[tuple[int, int]] = SIZES
    barriers: list[str] = field(default_factory=list)

    def at(self, name: str) -> None:
        """Look at the page as it stands, in each theme and size, and keep a picture of each."""
        page = self.ada.page
        for theme in THEMES:
            self.ada.theme = theme
            page.emulate_media(color_scheme=theme)
            for width, height in self.sizes:
                page.set_viewport_size({"width": width, "height": height})
                self.barriers += self.ada.barriers(self.axe)
                page.screenshot(path=self.pictures / f"{name}-{theme}-{width}.png")


def test_axe_finds_nothing(
    furnished: FoundationProcess, browser: Browser, axe: str, pictures: Path
) -> None:
    with Person(browser, furnished.url) as ada:
        looks = Looks(ada, axe, pictures)
        ada.go("/")
        looks.at("signin")
        ada.page.get_by_role("button", name="Sign in").click()
        ada.page.get_by_role("button", name="Ada Admin").click()
        ada.page.wait_for_url(furnished.url + "/")
        for path in PAGES:
            ada.go(path)
            looks.at(path.strip("/").replace("/", "-") or "dashboard")
            assert ada.violations() == []

    assert looks.barriers == []


def test_axe_finds_nothing_in_dialogs_drawers_and_errors(
    furnished: FoundationProcess, browser: Browser, axe: str, pictures: Path
) -> None:
    with Person(browser, furnished.url) as ada:
        ada.sign_in("Ada Admin")
        looks = Looks(ada, axe, pictures, sizes=SIZES[:1])
        _forms(looks)
        _details(looks)
        here = ada.page.url.removeprefix(furnished.url)
        for part in ("versions", "grants", "history", "edit", "rotate", "export"):
            ada.go(f"{here}/{part}")
            ada.page.get_by_role("complementary").wait_for()
            looks.at(f"credentials-{part}")
        for part in ("keys", "import"):
            ada.go(f"/s/credentials/{part}")
            looks.at(f"credentials-{part}")
        ada.go("/")
        ada.page.get_by_role("button", name="Account of Ada Admin").click()
        looks.at("account")

    assert looks.barriers == []


def _forms(looks: Looks) -> None:
    """The form of each section, and one that was not filled in."""
    ada, page = looks.ada, looks.ada.page
    for section, button in (("credentials", "New credential"), ("projects", "New project")):
        ada.go(f"/s/{section}")
        page.get_by_role("button", name=button).first.click()
        page.get_by_role("complementary").wait_for()
        looks.at(f"{section}-new")
    page.get_by_role("button", name="Create project").click()
    page.get_by_text("Fill this in.").first.wait_for()
    looks.at("projects-errors")


def _details(looks: Looks) -> None:
    """The detail of each section, the last left open, and what asks before a secret is shown."""
    ada, page = looks.ada, looks.ada.page
    for section, row in (("projects", "Furnished 0"), ("credentials", "Furnished")):
        ada.go(f"/s/{section}")
        page.get_by_role("link", name=row, exact=True).click()
        page.get_by_role("heading", name=row, exact=True).wait_for()
        looks.at(f"{section}-detail")
    page.get_by_role("button", name="Reveal Token").click()
    page.get_by_role("dialog", name="Reveal Token").wait_for()
    looks.at("credentials-reveal")
    page.keyboard.press("Escape")
