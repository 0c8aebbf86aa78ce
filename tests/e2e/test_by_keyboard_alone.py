"""Every flow without a mouse, in a real browser: what a hand on the keyboard cannot reach is not done."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from .feed_site import feed_site
from .foundation_process import FoundationProcess
from .hands import Keyboard
from .person import Person

SECRET = "typed-by-hand-88"


@pytest.fixture(scope="module")
def foundation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FoundationProcess]:
    """A Foundation with a job to start."""
    site = feed_site(tmp_path_factory.mktemp("site"))
    with FoundationProcess({"FOUNDATION_WORKERS": "1"}, site=site) as running:
        yield running


def test_every_flow_is_done_with_the_keyboard(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        hands = Keyboard(ada.page)
        sign_in(ada, hands)
        keep_a_credential(ada, hands)
        begin_a_project(ada, hands)
        start_a_run(ada, hands)
        narrow_the_trail(ada, hands)
        manage_people(ada, hands)


def go(ada: Person, hands: Keyboard, key: str, where: str) -> None:
    """Change the section by its two letters."""
    ada.settle()
    hands.go(f"g{key}", where)
    ada.settle()


def sign_in(ada: Person, hands: Keyboard) -> None:
    """Through the provider and back."""
    ada.page.goto(ada.url)
    hands.do("button", "Sign in")
    hands.reach(ada.page.get_by_role("button", name="Ada Admin"))
    hands.press("Enter")
    expect(ada.page.get_by_role("heading", level=1, name="Dashboard")).to_be_visible()


def keep_a_credential(ada: Person, hands: Keyboard) -> None:
    """Choose its kind, fill its form, and look at the value with a reason."""
    page = ada.page
    go(ada, hands, "c", "/s/credentials")
    hands.press("n")
    drawer = page.get_by_role("complementary")
    hands.reach(drawer.get_by_role("link", name="User name and password"))
    hands.press("Enter")
    for label, text in (("Name", "Harbour gate"), ("Slug", "harbour-gate"), ("User name", "gate")):
        hands.fill(label, text, within=drawer)
    hands.reach(drawer.get_by_label("Password"))
    hands.type(SECRET)
    hands.press("Enter")
    expect(page.get_by_role("heading", name="Harbour gate")).to_be_visible()

    hands.do("button", "Reveal Password")
    form = page.get_by_role("dialog", name="Reveal Password")
    hands.reach(form.get_by_label("Reason"))
    hands.type("to see that hands alone can")
    hands.do("button", "Reveal", within=form)
    expect(page.get_by_text(SECRET)).to_be_visible()

    hands.reach(page.get_by_role("button", name="Actions for Harbour gate"))
    hands.press("Enter")
    expect(page.get_by_role("menuitem").first).to_be_focused()
    hands.press("ArrowDown", "Escape")
    expect(page.get_by_role("menuitem").first).to_be_hidden()


def begin_a_project(ada: Person, hands: Keyboard) -> None:
    """Fill the form, leave it with Escape where one is asked, then send it with Enter."""
    page = ada.page
    go(ada, hands, "p", "/s/projects")
    hands.press("n")
    drawer = page.get_by_role("complementary")
    hands.fill("Name", "By hand", within=drawer)
    hands.press("Escape")
    question = page.get_by_role("alertdialog")
    expect(question).to_be_visible()
    hands.press("Escape")
    expect(question).to_have_count(0)
    hands.fill("Slug", "by-hand", within=drawer)
    hands.press("Enter")
    expect(page.get_by_role("heading", name="By hand")).to_be_visible()
    hands.do("link", "Members", within=drawer)
    expect(drawer.get_by_role("link", name="Members")).to_have_attribute("aria-current", "page")


def start_a_run(ada: Person, hands: Keyboard) -> None:
    """From the palette to the end of the run."""
    page = ada.page
    ada.settle()
    hands.press("Control+k")
    page.get_by_role("combobox", name="Search and commands").wait_for()
    hands.type("runs")
    expect(page.get_by_role("option", name="Runs").first).to_be_visible()
    hands.press("Enter")
    page.wait_for_url("**/s/runs*")
    hands.do("button", "Start run")
    drawer = page.get_by_role("complementary")
    hands.do("link", "Pull rows", within=drawer)
    hands.fill("Rows", "20", within=drawer)
    hands.do("button", "Start run", within=drawer)
    expect(drawer.get_by_text("Succeeded")).to_be_visible()


def narrow_the_trail(ada: Person, hands: Keyboard) -> None:
    """Filter, and open an event below its row."""
    page = ada.page
    go(ada, hands, "a", "/s/audit")
    hands.choose("Event", "Secret value revealed")
    page.wait_for_url("**type=credentials.secret.revealed*")
    ada.settle()  # until then the rows of before stand there
    row = page.get_by_role("button", name="Secret value revealed")
    expect(row).to_have_count(1)
    hands.reach(row)
    hands.press("Enter")
    expect(row).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_text("to see that hands alone can")).to_be_visible()


def manage_people(ada: Person, hands: Keyboard) -> None:
    """Make a role of one's own, and invite somebody."""
    page = ada.page
    go(ada, hands, "u", "/s/users")
    hands.do("link", "Roles")
    hands.do("button", "New role")
    drawer = page.get_by_role("complementary")
    hands.fill("Name", "Reader by hand", within=drawer)
    hands.reach(drawer.get_by_role("checkbox", name=re.compile("See runs")))
    hands.press("Space")
    hands.do("button", "Review changes", within=drawer)
    hands.do("button", "Save role", within=page.get_by_role("alertdialog"))
    expect(page.get_by_role("columnheader", name="Reader by hand")).to_be_visible()
    expect(drawer).to_have_count(0)  # while its question stands, nothing else can be reached

    hands.do("link", "Invitations")
    hands.do("button", "Invite somebody")
    form = page.get_by_role("dialog")
    hands.reach(form.get_by_label("E-mail"))
    hands.type("hand@example.org")
    hands.press("Enter")
    expect(page.get_by_text("hand@example.org").first).to_be_visible()
