"""How pages look: narrow, loading, printed, by preference; the numbers are those of ux.md."""

import re

from playwright.sync_api import Browser, expect

from ..foundation_process import FoundationProcess
from ..person import Person
from .conftest import PLACES


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
    expect(when).to_have_text(re.compile("ago|now"))
    expect(when).to_have_attribute("datetime", re.compile(r"^20\d\d-"))
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
    # Paper is read later: what is "2 minutes ago" then?
    when = page.get_by_role("table").locator("time").first
    printed = when.evaluate("(one) => getComputedStyle(one, '::after').content")
    assert printed == f'"{when.get_attribute("title")}"'
    expect(when).to_have_css("font-size", "0px")
    # And it is white, whichever theme the screen has.
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(0, 0, 0)")
    expect(page.locator(".f-table-wrap")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_ux_91_what_is_for_paper_is_never_seen_on_the_screen(ada: Person) -> None:
    page = ada.page
    page.route("**/assets/print*.css", lambda route: route.abort())  # it comes late in any case
    ada.go("/")
    expect(page.locator(".s-printed")).to_have_count(1)
    expect(page.locator(".s-printed")).to_be_hidden()
