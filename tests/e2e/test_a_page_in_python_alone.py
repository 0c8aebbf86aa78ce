"""A plugin without JavaScript lists, creates and edits in the browser, and does all that it declares."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .foundation_process import FoundationProcess
from .person import Person
from .stock_wheel import STOCK
from .wheels import install


@pytest.fixture(scope="module")
def with_stock(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FoundationProcess]:
    """A Foundation with the plugin installed from its wheel."""
    site: Path = tmp_path_factory.mktemp("stock") / "site"
    site.mkdir()
    install([STOCK], site)
    # One worker: the rows are in its memory.
    with FoundationProcess({"FOUNDATION_WORKERS": "1"}, site=site) as running:
        yield running


@pytest.fixture(scope="module")
def ada(with_stock: FoundationProcess, browser: Browser) -> Iterator[Person]:
    """Somebody who may do everything."""
    with Person(browser, with_stock.url) as someone:
        someone.sign_in("Ada Admin", at="/s/stock")
        yield someone
        assert someone.complaints == []
        assert someone.violations() == []


def menu(page: Page, name: str, item: str) -> None:
    """Choose from the menu of the open row."""
    page.get_by_role("button", name=f"Actions for {name}").click()
    page.get_by_role("menuitem", name=item).click()


def test_a_list_shows_each_format_and_is_filtered_through_the_address(ada: Person) -> None:
    page = ada.page
    ada.go("/s/stock")
    row = page.get_by_role("row").filter(has_text="Item 1")
    expect(row).to_contain_text("€1,234.50")
    expect(row).to_contain_text("2 kB")
    expect(row).to_contain_text("Kim Keeper")
    expect(row).to_contain_text("Here")
    page.get_by_role("combobox", name="Kind").select_option("tool")
    expect(page.get_by_text("No items match.")).to_be_visible()
    page.get_by_role("button", name="Clear filters").first.click()
    page.get_by_label("Made from").fill("2020-01-01T00:00")
    page.get_by_label("Made to").fill("2021-01-01T00:00")
    expect(page.get_by_text("No items match.")).to_be_visible()
    expect(page).to_have_url(re.compile("created_at_from=20(20|19)"))
    page.get_by_role("button", name="Clear filters").first.click()
    expect(page.get_by_role("link", name="Item 3")).to_be_visible()


def test_a_row_is_made_shown_and_changed(ada: Person) -> None:
    page = ada.page
    ada.go("/s/stock/new")
    page.get_by_label("Name").fill("Drill")
    page.get_by_role("radio", name="Part").check()
    expect(page.get_by_label("Serial")).to_have_count(0)
    page.get_by_role("radio", name="Tool").check()
    page.get_by_label("Serial").fill("A-1")
    page.get_by_role("switch", name="Loud").check()
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Size").fill("4096")
    page.get_by_role("button", name="Create item").click()
    expect(page.get_by_role("heading", name="Drill")).to_be_visible()
    expect(page.get_by_role("heading", name="Measures")).to_be_visible()
    expect(page.get_by_role("complementary").get_by_text("25 %")).to_be_visible()

    menu(page, "Drill", "Edit")
    page.get_by_label("Name").fill("Drill press")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Drill press")).to_be_visible()
    # The detail may be read anew before the list is.
    expect(page.get_by_role("row").filter(has_text="Drill press")).to_have_count(1)


def test_a_tab_stands_in_the_address(ada: Person) -> None:
    page = ada.page
    ada.go("/s/stock")
    page.get_by_role("link", name="Item 2").click()
    expect(page.get_by_text("Moved to the cellar")).to_be_visible()
    page.get_by_role("tab", name="Moves").press("ArrowRight")
    expect(page.get_by_text("Checked in spring")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Checked in spring")).to_be_visible()
    expect(page).to_have_url(re.compile("tab=check"))


def test_an_action_asks_for_its_form_and_says_what_is_wrong_beside_the_field(ada: Person) -> None:
    page = ada.page
    ada.go("/s/stock")
    page.get_by_role("link", name="Item 2").click()
    menu(page, "Item 2", "Write note")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Write note").click()
    expect(dialog.get_by_text("Fill this in.")).to_be_visible()
    dialog.get_by_label("Note").fill("In the cellar")
    dialog.get_by_role("button", name="Write note").click()
    expect(page.get_by_role("complementary").get_by_text("In the cellar")).to_be_visible()


def test_an_action_is_taken_back(ada: Person) -> None:
    page = ada.page
    ada.go("/s/stock")
    page.get_by_role("link", name="Item 2").click()
    menu(page, "Item 2", "Put away")
    row = page.get_by_role("row").filter(has_text="Item 2")
    expect(row).to_contain_text("Gone")
    page.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("Here")


def test_many_rows_are_done_at_once_and_taken_back_at_once(ada: Person) -> None:
    page = ada.page
    ada.go("/s/stock")
    page.get_by_role("checkbox", name="Choose Item 1").check()
    page.get_by_role("checkbox", name="Choose Item 3").check()
    expect(page.get_by_text("2 chosen")).to_be_visible()
    page.get_by_role("button", name="Put away").click()
    expect(page.get_by_role("main").get_by_text("Gone")).to_have_count(2)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("main").get_by_text("Gone")).to_have_count(0)
    page.get_by_role("checkbox", name="Choose Item 1").check()
    page.get_by_role("button", name="Mark").click()
    expect(page.get_by_text("Done: Mark, Item 1")).to_be_visible()
    page.get_by_role("button", name="Count again").click()
    expect(page.get_by_text("Done: Count again")).to_be_visible()


def test_the_worst_wants_the_name_typed(ada: Person) -> None:
    page = ada.page
    ada.go("/s/stock")
    page.get_by_role("link", name="Item 3").click()
    menu(page, "Item 3", "Delete item")
    dialog = page.get_by_role("alertdialog")
    dialog.get_by_role("button", name="Delete item").click()
    expect(dialog.get_by_text("Type exactly “Item 3”.")).to_be_visible()
    dialog.get_by_role("textbox").fill("Item 3")
    dialog.get_by_role("button", name="Delete item").click()
    expect(page.get_by_role("row").filter(has_text="Item 3")).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nothing_of_the_page_is_a_barrier(
    ada: Person, browser: Browser, axe: str, pictures: Path, theme: str
) -> None:
    page = ada.page
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    found = []
    for name, path in (
        ("list", "/s/stock"),
        ("new", "/s/stock/new"),
        ("plugins", "/settings/plugins"),
    ):
        ada.go(path)
        if name == "list":
            page.get_by_role("checkbox", name="Choose Item 1").check()
        if name == "new":
            page.get_by_role("radio", name="Tool").check()
            page.get_by_text("More", exact=True).click()
        if name == "plugins":
            page.get_by_text("What it has").last.click()
        page.screenshot(path=pictures / f"data-{name}-{theme}.png", full_page=True)
        found += ada.barriers(axe)
    assert found == []
