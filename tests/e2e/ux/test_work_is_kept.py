"""Work on a page is not lost, and its end is told; the numbers are those of ux.md."""

import re

from playwright.sync_api import Route, expect

from ..foundation_process import FoundationProcess
from ..person import Person
from ..visitor import Visitor

LISTEN = """() => {
  window.__heard = [];
  const hear = ({ target }) => {
    const region = (target.closest ? target : target.parentElement)?.closest('[role=status]');
    if (region) window.__heard.push(region.textContent);
  };
  const whole = { subtree: true, childList: true, characterData: true };
  new MutationObserver((changes) => changes.forEach(hear)).observe(document.body, whole);
}"""
"""What is announced stands there for a second and a half only: somebody has to listen before."""


def test_ux_23_a_copy_is_announced(ada: Person, things: dict[str, str]) -> None:
    ada.go(f"/s/projects/{things['project']}")
    ada.page.evaluate(LISTEN)
    ada.page.get_by_role("button", name="Copy Slug").click()
    ada.page.wait_for_function("() => window.__heard.includes('Copied')", polling=50)


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


def test_ux_78_code_that_does_not_come_while_one_writes_takes_nothing_away(ada: Person) -> None:
    page = ada.page
    lost: list[str] = []

    def lose(route: Route) -> None:
        lost.append(route.request.url)
        route.abort("internetdisconnected")

    page.route("**/assets/endless-rows*.js", lose)
    with page.expect_event("requestfailed", lambda asked: "endless-rows" in asked.url):
        page.goto(ada.url + "/s/projects/new")
        page.get_by_label("Name", exact=True).fill("Written meanwhile")
    ada.settle()

    assert lost
    expect(page.get_by_label("Name", exact=True)).to_have_value("Written meanwhile")


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
