"""What takes long can be stopped, what is done is drawn at once; the numbers are those of ux.md."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from ..foundation_process import FoundationProcess
from ..person import Person
from ..visitor import Visitor


def hold(page: Page, pattern: str) -> list[Route]:
    """Answer nothing that is asked of *pattern*; return what was asked."""
    held: list[Route] = []

    def keep(route: Route) -> None:
        held.append(route)

    page.route(pattern, keep)
    return held


def test_ux_79_what_takes_long_says_so_and_can_be_stopped(ada: Person) -> None:
    page = ada.page
    hold(page, "**/api/projects?*")
    page.get_by_role("link", name="Projects", exact=True).click()
    stop = page.get_by_role("button", name="Stop waiting")
    expect(stop).to_be_visible()
    expect(page.get_by_text("This takes longer than usual.")).to_be_visible()
    stop.click()
    expect(page.get_by_role("alert").filter(has_text="It took long.")).to_be_visible()
    page.unroute("**/api/projects?*")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("link", name="Findable harbour")).to_be_visible()


def test_ux_36_81_a_change_is_drawn_at_once_and_taken_back_when_it_is_not_saved(
    ada: Person, foundation: FoundationProcess
) -> None:
    page = ada.page
    maker = Visitor(foundation.url)
    maker.sign_in("admin")
    made: Any = maker.post("/api/projects", {"slug": "ux-undo", "name": "Undone"}).json
    held = hold(page, "**/archive")
    ada.go(f"/s/projects/{made['id']}/danger")
    drawer = page.get_by_role("complementary", name="Undone")
    drawer.get_by_role("button", name="Archive project").click()
    # The server has heard nothing yet.
    expect(drawer.get_by_role("button", name="Restore project")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="Undone")).to_contain_text("Archived")
    while not held:  # it is drawn before it is asked
        page.wait_for_timeout(20)
    held[0].fulfill(status=503, json={"title": "Away", "status": 503})
    expect(page.get_by_role("alert").filter(has_text="Not saved: Archive project")).to_be_visible()
    expect(drawer.get_by_role("button", name="Archive project")).to_be_visible()

    page.unroute("**/archive")
    drawer.get_by_role("button", name="Archive project").click()
    page.get_by_role("status", name="Messages").get_by_role("button", name="Undo").click()
    expect(drawer.get_by_role("button", name="Archive project")).to_be_visible()
    ada.settle()
    assert maker.get(f"/api/projects/{made['id']}").json["status"] == "active"


def test_ux_53_74_another_project_keeps_what_one_looks_at_and_switching_off_says_what_stays(
    ada: Person,
) -> None:
    page = ada.page
    ada.go("/s/projects")
    page.get_by_role("link", name="Findable harbour").click()
    page.get_by_role("complementary").get_by_role("link", name="Members").click()
    page.wait_for_url("**/members*")
    first = page.url
    page.get_by_role("link", name="Name von").first.click()
    page.wait_for_url(lambda url: "/members" in url and url != first)
    tabs = page.get_by_role("complementary").get_by_role("navigation")
    expect(tabs.get_by_role("link", name="Members")).to_have_attribute("aria-current", "page")

    ada.go("/settings/plugins")
    row = page.get_by_role("listitem").filter(has_text="foundation-projects").first
    row.get_by_text("Switch it off").click()
    expect(row.get_by_text("No restart is needed")).to_be_visible()
    expect(row.get_by_text("tables stay in the database")).to_be_visible()
    expect(row.get_by_text("foundation plugin disable projects")).to_be_visible()


def test_ux_49_who_had_the_values_stands_beside_who_may(
    ada: Person, foundation: FoundationProcess
) -> None:
    maker = Visitor(foundation.url)
    maker.sign_in("admin")
    wanted = {"slug": "ux-had", "name": "Had", "kind": "bearer", "values": {"token": "t-49"}}
    made: Any = maker.post("/api/creds", wanted).json
    maker.step_up("admin")
    asked = {"field": "token", "reason": "to look at item 49"}
    assert maker.post(f"/api/creds/{made['id']}/reveal", asked).status == 200
    ada.go(f"/s/credentials/{made['id']}/grants")
    expect(ada.page.get_by_text("No plugin may use it.")).to_be_visible()
    had = ada.page.get_by_role("region", name="Who had its values, and when")
    line = had.get_by_role("listitem").filter(has_text="Secret value revealed")
    expect(line).to_contain_text("to look at item 49")
    expect(line).to_contain_text("Ada Admin")
