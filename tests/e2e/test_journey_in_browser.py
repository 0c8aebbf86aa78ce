"""The main job in a real browser: somebody who has never seen Foundation, from sign-in to audit."""

from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from .foundation_process import FoundationProcess
from .person import Person

SECRET = "canary-in-the-browser-77"


def test_an_admin_does_the_main_job_and_finds_it_in_the_audit(
    foundation: FoundationProcess, browser: Browser, pictures: Path
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        page = ada.page
        page.screenshot(path=pictures / "journey-1-dashboard.png")
        create_project(page, "Autumn campaign", "autumn-campaign")
        page.screenshot(path=pictures / "journey-2-project.png")
        create_credential(page, "Autumn warehouse", "autumn-warehouse")
        page.screenshot(path=pictures / "journey-3-credential.png")
        attach(page, "Autumn campaign", "Autumn warehouse")
        page.screenshot(path=pictures / "journey-4-attached.png")
        reveal(page, "Autumn warehouse")
        page.screenshot(path=pictures / "journey-revealed.png")

        page.get_by_role("navigation").first.get_by_role("link", name="Audit", exact=True).click()
        ada.settle()
        for told in ("Signed in", "Project created", "Credential created"):
            expect(page.get_by_role("row").filter(has_text=told).first).to_contain_text("Ada Admin")
        for told in ("Credential attached", "Secret value revealed"):
            row = page.get_by_role("row").filter(has_text=told).first
            expect(row).to_contain_text("Ada Admin")
        page.screenshot(path=pictures / "journey-audit.png")

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


def create_credential(page: Page, name: str, slug: str) -> None:
    """Make a credential of the kind with a user name and a password."""
    page.get_by_role("navigation").first.get_by_role("link", name="Credentials", exact=True).click()
    page.get_by_role("button", name="New credential").first.click()
    drawer = page.get_by_role("complementary")
    drawer.get_by_role("link", name="User name and password").click()
    drawer.get_by_label("Name", exact=True).fill(name)
    drawer.get_by_label("Slug").fill(slug)
    drawer.get_by_label("User name").fill("loader")
    drawer.get_by_label("Password").fill(SECRET)
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
