"""The main job in a real browser: somebody who has never seen Foundation, from sign-in to audit."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from .feed_site import feed_site
from .foundation_process import FoundationProcess
from .person import Person

SECRET = "canary-in-the-browser-77"


class Warehouse(BaseHTTPRequestHandler):
    """What the credential opens: it lets in whoever says who they are."""

    def do_GET(self) -> None:  # as http.server calls it
        """Answer 204, or 401 to a stranger."""
        self.send_response(204 if "authorization" in self.headers else 401)
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def warehouse() -> Iterator[str]:
    """The address of a warehouse next door."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Warehouse) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def foundation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FoundationProcess]:
    """A Foundation with a job to start, whose credentials may reach the warehouse."""
    extra = {"FOUNDATION_WORKERS": "1", "FOUNDATION_CREDENTIALS_INSIDE_HOSTS": "127.0.0.1"}
    with FoundationProcess(extra, site=feed_site(tmp_path_factory.mktemp("site"))) as running:
        yield running


def test_an_admin_does_the_main_job_and_finds_it_in_the_audit(
    foundation: FoundationProcess, warehouse: str, browser: Browser, pictures: Path
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        page = ada.page
        page.screenshot(path=pictures / "journey-1-dashboard.png")
        create_credential(page, "Autumn warehouse", "autumn-warehouse", url=warehouse)
        page.screenshot(path=pictures / "journey-2-credential.png")
        check(page, "Autumn warehouse")
        page.screenshot(path=pictures / "journey-3-tested.png")
        create_project(page, "Autumn campaign", "autumn-campaign")
        page.screenshot(path=pictures / "journey-4-project.png")
        attach(page, "Autumn campaign", "Autumn warehouse")
        page.screenshot(path=pictures / "journey-5-attached.png")
        page.get_by_role("complementary").get_by_role("link", name="Runs").click()
        page.get_by_role("link", name="Start run").wait_for()
        page.screenshot(path=pictures / "journey-6-no-run.png")
        run_in_project(page, pictures)
        see_runs(page, "Autumn campaign")
        page.screenshot(path=pictures / "journey-9-runs.png")
        page.get_by_role("complementary").get_by_role("link", name="History").click()
        past = page.get_by_role("region", name="History")
        expect(past.get_by_role("link", name="Credential attached")).to_be_visible()
        page.screenshot(path=pictures / "journey-10-history.png")
        reveal(page, "Autumn warehouse")
        page.screenshot(path=pictures / "journey-11-revealed.png")

        page.get_by_role("navigation").first.get_by_role("link", name="Audit", exact=True).click()
        ada.settle()
        for told in ("Signed in", "Project created", "Credential created"):
            expect(page.get_by_role("row").filter(has_text=told).first).to_contain_text("Ada Admin")
        for told in ("Credential attached", "Secret value revealed", "Run succeeded"):
            row = page.get_by_role("row").filter(has_text=told).first
            expect(row).to_be_visible()
        page.screenshot(path=pictures / "journey-12-audit.png")

        assert SECRET not in page.content()
        assert ada.complaints == []
        assert ada.violations() == []
    assert SECRET not in foundation.log


def create_project(page: Page, name: str, slug: str) -> None:
    """Make a project from the sidebar on."""
    page.get_by_role("navigation").first.get_by_role("link", name="Projects", exact=True).click()
    page.get_by_role("button", name="New project").first.click()
    drawer = page.get_by_role("complementary")
    drawer.get_by_label("Name", exact=True).fill(name)
    drawer.get_by_label("Slug").fill(slug)
    drawer.get_by_role("button", name="Create project").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def create_credential(page: Page, name: str, slug: str, *, url: str = "") -> None:
    """Make a credential of the kind with a user name and a password."""
    page.get_by_role("navigation").first.get_by_role("link", name="Credentials", exact=True).click()
    page.get_by_role("button", name="New credential").first.click()
    drawer = page.get_by_role("complementary")
    drawer.get_by_role("link", name="User name and password").click()
    drawer.get_by_label("Name", exact=True).fill(name)
    drawer.get_by_label("Slug").fill(slug)
    drawer.get_by_label("User name").fill("loader")
    drawer.get_by_label("Password").fill(SECRET)
    if url:
        drawer.get_by_label("URL").fill(url)
    drawer.get_by_role("button", name="Create credential").click()
    expect(page.get_by_role("heading", name=name)).to_be_visible()


def attach(page: Page, project: str, credential: str) -> None:
    """Attach a credential on the project's own page."""
    page.get_by_role("navigation").first.get_by_role("link", name="Projects", exact=True).click()
    page.get_by_role("link", name=project).click()
    page.get_by_role("complementary").get_by_role("link", name="Credentials").click()
    page.get_by_role("button", name="Attach credential").first.click()
    form = page.get_by_role("dialog", name="Attach credential")
    choice = form.get_by_label("Credential")
    wanted = choice.get_by_role("option").filter(has_text=credential)
    choice.select_option(wanted.get_attribute("value"))
    form.get_by_role("button", name="Attach credential").click()
    expect(page.get_by_role("link", name=credential)).to_be_visible()


def reveal(page: Page, credential: str) -> None:
    """Look at the value, saying why."""
    page.get_by_role("navigation").first.get_by_role("link", name="Credentials", exact=True).click()
    page.get_by_role("link", name=credential).click()
    page.get_by_role("button", name="Reveal Password").click()
    form = page.get_by_role("dialog", name="Reveal Password")
    form.get_by_label("Reason").fill("to load the warehouse")
    form.get_by_role("button", name="Reveal").click()
    expect(page.get_by_text(SECRET)).to_be_visible()


def check(page: Page, credential: str) -> None:
    """Test the connection with what is kept."""
    page.get_by_role("complementary").get_by_role("button", name=credential).click()
    page.get_by_role("menuitem", name="Test connection").click()
    expect(page.get_by_text("It works.").first).to_be_visible()


def run_in_project(page: Page, pictures: Path) -> None:
    """Start a run from the open project and see it end."""
    page.get_by_role("link", name="Start run").click()
    page.get_by_role("complementary").get_by_role("link", name="Pull rows").click()
    form = page.get_by_role("complementary")
    expect(form.get_by_text("The run will belong to its project.")).to_be_visible()
    form.get_by_label("Rows", exact=True).fill("20")
    page.screenshot(path=pictures / "journey-7-start.png")
    form.get_by_role("button", name="Start run").click()
    drawer = page.get_by_role("complementary").filter(has_text="Asked for")
    expect(drawer.get_by_text("Succeeded")).to_be_visible()
    page.screenshot(path=pictures / "journey-8-ended.png")


def see_runs(page: Page, project: str) -> None:
    """Find the run on the project's own page."""
    page.get_by_role("navigation").first.get_by_role("link", name="Projects", exact=True).click()
    page.get_by_role("link", name=project).click()
    page.get_by_role("complementary").get_by_role("link", name="Runs").click()
    runs = page.get_by_role("region", name="Runs")
    expect(runs.get_by_role("link", name="Pull rows")).to_be_visible()
    expect(runs.get_by_text("Succeeded")).to_be_visible()
