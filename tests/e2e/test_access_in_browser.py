"""Access managed in a browser: a token that works until it is revoked, a role of one's own, an invitation."""

import re

from playwright.sync_api import Browser, Page, expect

from .foundation_process import FoundationProcess
from .person import Person
from .visitor import Visitor


def acknowledge(page: Page) -> None:
    """Close the dialog of something that is shown once."""
    page.get_by_label("I have copied it").check()
    page.get_by_role("button", name="Done").click()


def test_a_token_made_in_a_browser_works_within_its_scopes_until_it_is_revoked(
    foundation: FoundationProcess, browser: Browser
) -> None:
    program = Visitor(foundation.url)
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin", at="/settings/tokens")
        page = ada.page
        page.get_by_role("button", name="New token").first.click()
        dialog = page.get_by_role("dialog", name="New token")
        dialog.get_by_label("Name", exact=True).fill("Browser journey")
        dialog.get_by_role("checkbox", name=re.compile("projects:project:read")).check()
        dialog.get_by_role("button", name="Create token").click()
        shown = page.get_by_text(re.compile(r"^fnd_pat_\w{49}$"))
        token = {"Authorization": f"Bearer {shown.inner_text()}"}
        acknowledge(page)
        expect(shown).to_have_count(0)

        within = program.send("GET", "/api/projects", **token).status
        beyond = program.send("GET", "/api/users", **token).status
        page.get_by_role("button", name="Revoke Browser journey").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
        expect(page.get_by_text("Revoked Browser journey")).to_be_visible()
        after = program.send("GET", "/api/projects", **token).status
        assert ada.complaints == []

    assert (within, beyond, after) == (200, 403, 401)


def test_a_role_is_made_from_permissions_and_deleted_again(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin", at="/s/users/roles/new")
        page = ada.page
        page.get_by_label("Name", exact=True).fill("Night shift")
        page.get_by_role("checkbox", name=re.compile("projects:project:write")).check()
        page.get_by_role("button", name="Review changes").click()
        preview = page.get_by_role("alertdialog", name="What changes with Night shift")
        expect(preview.get_by_role("listitem")).not_to_have_count(0)
        preview.get_by_role("button", name="Save role").click()
        page.get_by_role("link", name="Night shift").click()
        page.get_by_role("button", name="Delete role").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Delete role").click()
        expect(page.get_by_text("Deleted the role Night shift")).to_be_visible()
        expect(page.get_by_role("link", name="Night shift")).to_have_count(0)
        assert ada.complaints == []


def test_an_invitation_shows_its_link_once_and_the_link_says_what_it_is(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada, Person(browser, foundation.url) as nora:
        ada.sign_in("Ada Admin", at="/s/users/invitations")
        page = ada.page
        page.get_by_role("button", name="Invite somebody").first.click()
        page.get_by_label("E-mail").fill("nora@example.org")
        page.get_by_role("button", name="Create invitation").click()
        link = page.get_by_text(re.compile(r"/login#invite=")).inner_text()
        acknowledge(page)
        nora.page.goto(link)
        expect(
            nora.page.get_by_role("heading", name="You are invited to Foundation")
        ).to_be_visible()
        page.get_by_role("button", name="Revoke the invitation of nora@example.org").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Revoke").click()
        row = page.get_by_role("row").filter(has_text="nora@example.org")
        expect(row.get_by_text("Revoked", exact=True)).to_be_visible()
        assert ada.complaints == []


def test_a_viewer_is_shown_to_an_admin_with_the_sessions_that_would_end(
    foundation: FoundationProcess, browser: Browser
) -> None:
    Visitor(foundation.url).sign_in("viewer")
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin", at="/s/users")
        page = ada.page
        page.get_by_role("combobox", name="Role of Vera Viewer").first.select_option("operator")
        question = page.get_by_role("alertdialog", name="Make Vera Viewer Operator?")
        expect(question.get_by_role("region", name=re.compile("^Gains"))).to_be_visible()
        question.get_by_role("button", name="Cancel").click()
        page.get_by_role("link", name="Vera Viewer").click()
        page.get_by_role("button", name="Disable").click()
        question = page.get_by_role("alertdialog", name="Disable Vera Viewer?")
        expect(
            question.get_by_text(re.compile(r"[1-9]\d* sessions? ends? at once"))
        ).to_be_visible()
        question.get_by_role("button", name="Cancel").click()
        assert ada.complaints == []
