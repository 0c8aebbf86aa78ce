"""Pages of plugins in a browser: whatever is wrong with one shows as its card, and all else works."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Route, expect

from .firefox import Firefox
from .foundation_process import FoundationProcess
from .page_wheels import BROKEN, FINE, REASONS, frame_page, module_page, title_of
from .person import Person
from .visitor import Visitor
from .wheels import install


@pytest.fixture(scope="module")
def many_pages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FoundationProcess]:
    """One Foundation with every kind of broken page, a good one, and a frame."""
    site: Path = tmp_path_factory.mktemp("pages") / "site"
    site.mkdir()
    fine = module_page("page_fine", FINE % "version one")
    install([*BROKEN, fine, frame_page("page_frame")], site)
    with (site / "foundation_page_touched" / "ui" / "main.js").open("a") as touched:
        touched.write(" ")
    # One worker: what a request sees is then what every request sees.
    with FoundationProcess({"FOUNDATION_WORKERS": "1"}, site=site) as running:
        yield running


@pytest.fixture(scope="module")
def ada(many_pages: FoundationProcess, browser: Browser) -> Iterator[Person]:
    """An administrator, who is told the reason of every fault."""
    with Person(browser, many_pages.url, calm=False) as someone:
        someone.sign_in("Ada Admin")
        yield someone


@pytest.mark.parametrize("id", REASONS)
def test_a_page_that_fails_shows_its_card_and_the_shell_works(ada: Person, id: str) -> None:
    page = ada.page
    page.get_by_role("link", name=title_of(id)).click()
    expect(page.get_by_role("main").get_by_text(REASONS[id])).to_be_visible()
    expect(page.get_by_role("heading", level=1, name=title_of(id))).to_be_visible()
    told: Any = page.evaluate(f"fetch('/api/{id.replace('_', '-')}').then((r) => r.json())")
    assert told == {"text": "the API answers"}
    page.get_by_role("link", name="Page fine").click()
    expect(page.get_by_role("heading", name="Hello from version one")).to_be_visible()
    page.get_by_role("link", name="Projects", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="Projects")).to_be_visible()


def test_a_byte_changed_on_the_way_stops_the_page_and_trying_again_loads_it(ada: Person) -> None:
    page = ada.page
    ada.go("/s/projects")

    def change(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + " ")

    page.route("**/page_fine/*/main.js", change)
    page.get_by_role("link", name="Page fine").click()
    expect(page.get_by_text("is not the file that was installed")).to_be_visible()
    assert page.get_by_role("heading", name="Hello from version one").count() == 0
    page.unroute("**/page_fine/*/main.js")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Hello from version one")).to_be_visible()


def test_a_byte_changed_on_the_way_stops_the_page_in_firefox_too(
    many_pages: FoundationProcess, firefox: Firefox
) -> None:
    visitor = Visitor(many_pages.url)
    visitor.sign_in("admin")
    firefox.be(visitor, "localhost")
    entry = entry_of(visitor, "page_fine")
    sent = visitor.get(entry)
    changed = sent.body.replace(b"Hello", b"Jello")
    assert sum(a != b for a, b in zip(sent.body, changed, strict=True)) == 1

    firefox.carry(entry, changed, sent.headers)
    firefox.open(f"{many_pages.url}/s/page_fine")
    assert "ello from version" not in firefox.see("is not the file that was installed")
    firefox.carry(entry, sent.body, sent.headers)
    firefox.press("Try again")
    firefox.see("Hello from version")
    assert firefox.asked == [many_pages.url + entry, f"{many_pages.url}{entry}?r=1"]


def test_a_module_that_is_gone_shows_its_card(ada: Person) -> None:
    ada.go("/s/projects")
    ada.page.route("**/page_fine/*/main.js", lambda route: route.fulfill(status=404, body="{}"))
    ada.page.get_by_role("link", name="Page fine").click()
    expect(ada.page.get_by_text("could not be loaded")).to_be_visible()
    ada.page.unroute("**/page_fine/*/main.js")
    expect(ada.page.get_by_role("navigation").first).to_be_visible()


def test_safe_mode_loads_the_code_of_no_plugin(ada: Person) -> None:
    asked: list[str] = []
    ada.page.on("request", lambda request: asked.append(request.url))
    for id in ("page_fine", "page_frame", "page_throws"):
        ada.go(f"/s/{id}?safe=1")
        expect(ada.page.get_by_text("Not loaded in safe mode.")).to_be_visible()
    assert [url for url in asked if "/api/ext/" in url] == []


def test_a_frame_reaches_its_own_routes_by_the_bridge_and_nothing_else(ada: Person) -> None:
    page = ada.page
    ada.go("/s/page_frame")
    inside = page.frame_locator("iframe")
    expect(inside.locator("#told")).to_have_text("Ada Admin: the API answers")
    expect(inside.locator("#told")).to_have_css("color", "rgb(1, 2, 3)")
    expect(inside.locator("#tried")).to_have_text(
        "blocked | no cookie | null | a frame reaches only what is below its own section"
    )
    inside.get_by_role("button", name="Say it").click()
    expect(page.get_by_text("Said by the frame")).to_be_visible()


def test_the_plugins_page_and_the_command_say_what_each_refused_page_lacks(
    ada: Person, many_pages: FoundationProcess
) -> None:
    ada.page.goto(f"{many_pages.url}/settings/plugins")
    refused = ("page_declares", "page_lodash", "page_absent", "page_touched")
    for id in refused:
        expect(ada.page.get_by_role("main").get_by_text(REASONS[id])).to_be_visible()
    checked = many_pages.command("plugin", "check", "page_lodash")
    assert REASONS["page_lodash"] in checked.stdout + checked.stderr
    assert checked.returncode != 0


def test_what_a_page_says_is_in_the_servers_log_under_its_plugin(
    many_pages: FoundationProcess,
) -> None:
    lines = [line for line in many_pages.log.splitlines() if "page.said" in line]
    assert any("page_throws" in line and "could not be mounted" in line for line in lines)


def test_an_upgrade_changes_the_address_of_the_module_and_the_old_one_is_gone(
    many_pages: FoundationProcess,
) -> None:
    ada = Visitor(many_pages.url)
    ada.sign_in("admin")
    before = entry_of(ada, "page_fine")
    assert ada.get(before).status == 200
    assert many_pages.site is not None

    install([module_page("page_fine", FINE % "version two", version="2.0")], many_pages.site)
    many_pages.roll(until=lambda: entry_of(ada, "page_fine") != before)

    assert ada.get(entry_of(ada, "page_fine")).status == 200
    assert ada.get(before).status == 404


def entry_of(visitor: Visitor, id: str) -> str:
    """Return the address of a plugin's module."""
    sections = visitor.get("/api/shell").json["sections"]
    return next(str(one["ui"]["entry"]) for one in sections if one["id"] == id)
