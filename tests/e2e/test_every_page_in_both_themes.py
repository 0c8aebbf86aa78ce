"""No page has a barrier that axe finds, an error in the console or a blocked resource, in either theme."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from .foundation_process import FoundationProcess
from .person import Person
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
Theme = Literal["light", "dark"]


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


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=lambda size: str(size[0]))
def test_axe_finds_nothing(
    furnished: FoundationProcess,
    browser: Browser,
    axe: str,
    pictures: Path,
    theme: Theme,
    size: tuple[int, int],
) -> None:
    barriers: list[str] = []
    width, height = size
    with Person(browser, furnished.url, theme=theme, width=width, height=height) as ada:
        ada.go("/")
        barriers += ada.barriers(axe)
        ada.page.screenshot(path=pictures / f"signin-{theme}-{width}.png")
        ada.page.get_by_role("button", name="Sign in").click()
        ada.page.get_by_role("button", name="Ada Admin").click()
        ada.page.wait_for_url(furnished.url + "/")
        for path in PAGES:
            ada.go(path)
            barriers += ada.barriers(axe)
            assert ada.violations() == []
            name = path.strip("/").replace("/", "-") or "dashboard"
            ada.page.screenshot(path=pictures / f"{name}-{theme}-{width}.png")
        assert ada.complaints == []

    assert barriers == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_dialogs_drawers_and_errors(
    furnished: FoundationProcess, browser: Browser, axe: str, pictures: Path, theme: Theme
) -> None:
    barriers: list[str] = []
    with Person(browser, furnished.url, theme=theme) as ada:
        ada.sign_in("Ada Admin")
        page = ada.page
        for section, button in (("projects", "New project"), ("credentials", "New credential")):
            ada.go(f"/s/{section}")
            page.get_by_role("button", name=button).first.click()
            page.get_by_role("complementary").wait_for()
            barriers += ada.barriers(axe)
            page.screenshot(path=pictures / f"{section}-new-{theme}.png")
        ada.go("/s/projects")
        page.get_by_role("button", name="New project").first.click()
        page.get_by_role("button", name="Create project").click()
        page.get_by_text("Fill this in.").first.wait_for()
        barriers += ada.barriers(axe)
        page.screenshot(path=pictures / f"projects-errors-{theme}.png")
        for section, row in (("projects", "Furnished 0"), ("credentials", "Furnished")):
            ada.go(f"/s/{section}")
            page.get_by_role("link", name=row, exact=True).click()
            page.get_by_role("heading", name=row, exact=True).wait_for()
            barriers += ada.barriers(axe)
            page.screenshot(path=pictures / f"{section}-detail-{theme}.png")
        page.get_by_role("button", name="Reveal Token").click()
        page.get_by_role("dialog", name="Reveal Token").wait_for()
        barriers += ada.barriers(axe)
        page.screenshot(path=pictures / f"credentials-reveal-{theme}.png")
        page.keyboard.press("Escape")
        here = page.url.removeprefix(furnished.url)
        for part in ("versions", "grants", "history", "edit", "rotate", "export"):
            ada.go(f"{here}/{part}")
            page.get_by_role("complementary").wait_for()
            ada.settle()
            barriers += ada.barriers(axe)
            page.screenshot(path=pictures / f"credentials-{part}-{theme}.png")
        for part in ("keys", "import"):
            ada.go(f"/s/credentials/{part}")
            ada.settle()
            barriers += ada.barriers(axe)
            page.screenshot(path=pictures / f"credentials-{part}-{theme}.png")
        ada.go("/")
        page.get_by_role("button", name="Account of Ada Admin").click()
        barriers += ada.barriers(axe)

    assert barriers == []
