"""The items of docs/reference/ux.md that a browser can show, each test by the numbers it shows."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .foundation_process import FoundationProcess
from .person import Person, Theme
from .visitor import Visitor

PLACES = ("/", "/s/credentials", "/s/projects", "/s/audit", "/s/users", "/s/runs", "/settings")
LONG = "Name von " * 22


@pytest.fixture(scope="module")
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
    assert current.get_attribute("href") == "/s/audit"


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
        page.keyboard.type(keys)
        page.wait_for_url(f"**{where}*")
        ada.settle()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox").first).to_be_focused()
    page.keyboard.type("ga?")
    assert page.url.split("?")[0].endswith("/s/projects")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("n")
    page.wait_for_url("**/s/projects/new*")
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


def test_ux_9_26_at_320_px_only_tables_scroll_sideways(
    foundation: FoundationProcess, browser: Browser, things: dict[str, str]
) -> None:
    with Person(browser, foundation.url, width=320, height=640) as ada:
        ada.sign_in("Ada Admin")
        wide = []
        for path in (*PLACES, "/settings/plugins", f"/s/projects/{things['project']}", "/dev/kit"):
            ada.go(path)
            spill = ada.page.evaluate(
                "() => { const m = document.querySelector('main');"
                " return [document.documentElement.scrollWidth - innerWidth,"
                " m.scrollWidth - m.clientWidth]; }"
            )
            wide += [f"{path} {spill}"] if max(spill) > 0 else []
        assert wide == []
        ada.page.get_by_role("button", name="Open sections").click()
        expect(ada.page.get_by_role("dialog", name="Sections")).to_be_visible()


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


def test_ux_17_nothing_shifts_while_a_page_loads(ada: Person) -> None:
    moved = {}
    for path in PLACES:
        ada.go(path)
        moved[path] = ada.page.evaluate(
            """() => new Promise((done) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const e of list.getEntries()) if (!e.hadRecentInput) sum += e.value;
              }).observe({ type: 'layout-shift', buffered: true });
              setTimeout(() => done(sum), 100);
            })"""
        )
    assert {path: shift for path, shift in moved.items() if shift > 0.1} == {}


def test_ux_22_71_preferences_hold_at_once_and_stay(ada: Person) -> None:
    page = ada.page
    ada.go("/s/projects")
    when = page.get_by_role("row").nth(1).get_by_role("time").or_(page.locator("time")).first
    assert "ago" in when.inner_text() or "now" in when.inner_text()
    assert when.get_attribute("datetime")
    page.keyboard.press("t")
    expect(when).to_contain_text(re.compile(r"20\d\d"))
    page.keyboard.press("t")
    ada.go("/settings")
    page.get_by_role("radio", name="Compact").check()
    expect(page.locator("html")).to_have_attribute("data-density", "compact")
    page.get_by_role("radio", name="ISO 8601").check()
    expect(page.get_by_text(re.compile(r"Now: 20\d\d-\d\d-\d\d"))).to_be_visible()
    page.get_by_role("combobox", name="Time zone").select_option("Asia/Tokyo")
    expect(page.get_by_text(re.compile(r"Now: .*(GMT\+9|JST)"))).to_be_visible()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-density", "compact")


def test_ux_23_a_copy_is_announced(ada: Person, things: dict[str, str]) -> None:
    ada.go(f"/s/projects/{things['project']}")
    ada.page.get_by_role("button", name="Copy Slug").click()
    expect(ada.page.get_by_role("status").filter(has_text="Copied")).to_have_count(1)


def test_ux_4_a_closed_section_names_its_permission(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as vera:
        vera.sign_in("Vera Viewer")
        expect(vera.page.get_by_role("link", name="Plugins", exact=True)).to_have_count(0)
        vera.go("/s/plugins")
        expect(vera.page.get_by_text("system:plugin:read")).to_be_visible()
        expect(vera.page.get_by_text("An administrator gives it")).to_be_visible()


def test_ux_76_signing_in_again_keeps_the_form_and_sends_it_once(ada: Person) -> None:
    page = ada.page
    ada.go("/s/projects/new")
    page.get_by_label("Name", exact=True).fill("Kept over a new session")
    ada.context.clear_cookies()
    page.get_by_role("button", name="Create project").click()
    with ada.context.expect_page() as opened:
        page.get_by_role("alertdialog", name="Sign in again").get_by_role("button").first.click()
    opened.value.get_by_role("button", name="Ada Admin").click()
    expect(page.get_by_role("complementary", name="Kept over a new session")).to_be_visible()
    expect(page.get_by_role("link", name="Kept over a new session")).to_have_count(1)


def test_ux_78_without_a_network_reading_goes_on_and_writing_waits(ada: Person) -> None:
    page = ada.page
    ada.go("/s/projects/new")
    page.get_by_label("Name", exact=True).fill("Written without a network")
    ada.context.set_offline(offline=True)
    expect(page.get_by_text("You are offline.")).to_be_visible()
    send = page.get_by_role("button", name="Create project")
    expect(send).to_have_attribute("title", re.compile("offline"))
    expect(page.get_by_role("link", name="Findable harbour")).to_be_visible()
    ada.context.set_offline(offline=False)
    expect(page.get_by_text("You are offline.")).to_have_count(0)
    send.click()
    expect(page.get_by_role("complementary", name="Written without a network")).to_be_visible()


def test_ux_37_a_change_that_came_too_late_shows_both_values(
    ada: Person, foundation: FoundationProcess, things: dict[str, str]
) -> None:
    page = ada.page
    made = Visitor(foundation.url)
    made.sign_in("admin")
    project = made.post("/api/projects", {"slug": "ux-clash", "name": "Clash"})
    id = project.json["id"]
    ada.go(f"/s/projects/{id}/edit")
    page.get_by_label("Name", exact=True).fill("Mine")
    tag = made.get(f"/api/projects/{id}").headers["ETag"]
    made.send("PATCH", f"/api/projects/{id}", {"name": "Theirs"}, If_Match=tag)
    page.get_by_role("button", name="Save").click()
    row = page.get_by_role("row").filter(has_text="Theirs")
    expect(row).to_contain_text("Mine")
    page.get_by_role("button", name="Save mine").click()
    expect(page.get_by_role("complementary", name="Mine")).to_be_visible()


def test_ux_13_55_markup_from_text_is_refused(ada: Person) -> None:
    """Trusted Types are enforced: no string becomes a node, whoever tries."""
    refused = ada.page.evaluate(
        "() => { try { document.createElement('p').innerHTML = '<b>x</b>'; return ''; }"
        " catch (error) { return error.name; } }"
    )
    assert refused == "TypeError"
    ada.complaints.clear()


def test_ux_88_16_forced_colours_keep_borders_and_nothing_moves(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url, contrast="active") as ada:
        ada.sign_in("Ada Admin", at="/s/projects")
        seen = ada.page.evaluate(
            """() => {
              const button = getComputedStyle(document.querySelector('.f-btn[data-variant]'));
              const link = getComputedStyle(document.querySelector('.s-nav a[aria-current]'));
              const moving = document.getAnimations().filter((a) => a.effect.getTiming().duration > 100);
              return [button.borderTopWidth, link.outlineStyle, moving.length];
            }"""
        )
        assert seen == ["1px", "solid", 0]


def test_ux_91_the_audit_prints_its_columns_and_no_frame(ada: Person) -> None:
    page = ada.page
    ada.go("/s/audit")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Sections")).to_be_hidden()
    expect(page.locator(".s-printed")).to_be_visible()
    for head in ("Event", "Actor", "Target", "Outcome", "Time"):
        expect(page.get_by_role("columnheader", name=head)).to_be_visible()


def test_ux_87_french_reaches_every_part_of_the_page(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin", at="/settings")
        page = ada.page
        page.get_by_role("combobox", name="Language").select_option("fr")
        expect(page.get_by_role("heading", level=1, name="Paramètres")).to_be_visible()
        expect(page.locator("html")).to_have_attribute("lang", "fr")
        ada.go("/s/projects")
        expect(page.get_by_role("link", name="Projets", exact=True)).to_be_visible()
        expect(page.get_by_role("columnheader", name="Nom", exact=True)).to_be_visible()
        ada.go("/s/credentials")
        expect(page.get_by_role("heading", level=1, name="Identifiants")).to_be_visible()


UNTRANSLATED = """() => {
  const shown = (node) => node.checkVisibility({ visibilityProperty: true });
  const told = 'h1, h2, h3, th, dt, label, legend, button, nav a, [role=tab], .f-meta, .f-hint';
  const found = new Set();
  for (const node of document.querySelectorAll(told)) {
    if (!shown(node) || node.closest('[data-server]')) continue;
    const own = [...node.childNodes].filter((one) => one.nodeType === 3).map((one) => one.data);
    for (const text of [...own, node.getAttribute('aria-label') ?? '']) {
      if (/[a-z]{3}/.test(text) && !text.includes('·]')) found.add(text.trim());
    }
  }
  return [...found];
}"""

DATA = re.compile(
    # Names, ids and times that are data; what the server says about events and plugins stays
    # English until its plugins bring words for it.
    r"Ada|Vera|Oscar|Foundation|UX|Findable|Name von|Kept|Written|Mine|Theirs|Clash|admin|viewer|operator"
    r"|example\.org|ago|now|:|\d|GMT|@|\.|English|Français|^[a-z_-]+$|Ctrl"
)


def test_ux_87_a_pseudo_language_leaves_no_word_behind(
    foundation: FoundationProcess, browser: Browser, things: dict[str, str]
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        ada.page.evaluate("localStorage.setItem('foundation.language', 'pseudo')")
        left: dict[str, list[str]] = {}
        paths = (*PLACES, "/settings/sessions", "/settings/tokens", "/s/users/invitations")
        for path in (*paths, "/s/projects/new", "/s/credentials/new", "/s/nowhere"):
            ada.go(path)
            words = [text for text in ada.page.evaluate(UNTRANSLATED) if not DATA.search(text)]
            left |= {path: words} if words else {}
            spill = ada.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert spill <= 0, path
        assert left == {}


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
