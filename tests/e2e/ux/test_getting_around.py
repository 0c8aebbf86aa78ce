"""Getting around: by sidebar, palette, keys and address; the numbers are those of ux.md."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from ..foundation_process import FoundationProcess
from ..hands import Keyboard
from ..person import Person, Theme


def palette(page: Page) -> None:
    """Open the palette by its key."""
    page.keyboard.press("Control+k")
    page.get_by_role("combobox", name="Search and commands").wait_for()


def test_ux_1_3_8_the_sidebar_is_links_in_order_and_the_focus_follows(ada: Person) -> None:
    page = ada.page
    links = page.get_by_role("navigation", name="Sections").get_by_role("link")
    names = [name for name in links.all_inner_texts() if name != "Foundation"]
    order = ["Dashboard", "Credentials", "Projects", "ETL", "Recos", "Collect", "Audit", "Users"]
    assert [name for name in names if name in order] == order
    assert names[-2:] == ["Settings", "Plugins"]

    page.reload()
    ada.settle()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()
    page.get_by_role("link", name="Audit", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Audit")).to_be_focused()
    expect(page).to_have_title("Audit · Foundation")
    current = page.get_by_role("navigation").locator("[aria-current=page]")
    expect(current).to_have_attribute("href", "/s/audit")


def test_ux_6_7_the_palette_and_the_keys_reach_everything(ada: Person) -> None:
    page = ada.page
    palette(page)
    page.keyboard.type("nc")
    expect(page.get_by_role("option", name="New credential")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type("findable")
    page.get_by_role("option", name="Findable harbour").first.click()
    expect(page.get_by_role("complementary", name="Findable harbour")).to_be_visible()
    palette(page)
    expect(page.get_by_role("group", name="Opened last")).to_contain_text("Findable harbour")
    page.keyboard.type("qqxx")
    expect(page.get_by_role("option", name="Search the audit trail")).to_be_visible()
    page.keyboard.press("Escape")

    for keys, where in (("ga", "/s/audit"), ("gc", "/s/credentials"), ("gp", "/s/projects")):
        Keyboard(page).go(keys, where)
        ada.settle()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).to_be_focused()
    page.keyboard.type("ga?")
    assert page.url.split("?")[0].endswith("/s/projects")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"/s/projects/new\?q=ga%3F$"))  # neither undid the other
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(sheet).to_contain_text("Go to a section")
    page.keyboard.press("Escape")
    ada.go("/settings")
    page.get_by_role("switch", name="Shortcuts of one letter").uncheck()
    page.get_by_role("heading", level=1).click()
    page.keyboard.type("ga")
    page.keyboard.press("?")
    expect(sheet).to_have_count(0)
    assert page.url.endswith("/settings")


def test_ux_11_21_the_address_holds_what_is_seen(ada: Person, things: dict[str, str]) -> None:
    page = ada.page
    ada.go("/s/projects?status=all&sort=-name")
    expect(page.get_by_role("columnheader", name="Name")).to_have_attribute(
        "aria-sort", "descending"
    )
    page.get_by_role("link", name="Findable harbour").click()
    page.wait_for_url(f"**/s/projects/{things['project']}?*status=all*")
    page.reload()
    expect(page.get_by_role("complementary", name="Findable harbour")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("complementary")).to_have_count(0)
    expect(page.get_by_role("combobox", name="Status")).to_have_value("all")


def test_ux_4_a_closed_section_names_its_permission(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as vera:
        vera.sign_in("Vera Viewer")
        expect(vera.page.get_by_role("link", name="Plugins", exact=True)).to_have_count(0)
        vera.go("/s/plugins")
        expect(vera.page.get_by_text("system:plugin:read")).to_be_visible()
        expect(vera.page.get_by_text("An administrator gives it")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_ux_84_axe_finds_nothing_in_what_the_keyboard_opens(
    foundation: FoundationProcess, browser: Browser, axe: str, pictures: Path, theme: Theme
) -> None:
    with Person(browser, foundation.url, theme=theme) as ada:
        ada.sign_in("Ada Admin")
        page = ada.page
        palette(page)
        page.keyboard.type("pro")
        page.get_by_role("option", name="Projects").first.wait_for()
        barriers = ada.barriers(axe)
        page.screenshot(path=pictures / f"palette-{theme}.png")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        page.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
        barriers += ada.barriers(axe)
        page.screenshot(path=pictures / f"shortcuts-{theme}.png")
        assert barriers == []
