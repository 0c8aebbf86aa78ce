"""Somebody new follows the first steps; an owner lets somebody into a project, and out of it again."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from .foundation_process import FoundationProcess
from .person import Person
from .test_journey_in_browser import attach, create_credential, create_project
from .visitor import Visitor


@pytest.fixture(scope="module")
def empty() -> Iterator[FoundationProcess]:
    """A Foundation in which nobody has done anything yet."""
    with FoundationProcess(extra={"FOUNDATION_WORKERS": "1"}) as running:
        yield running


def test_the_first_steps_tick_themselves_off_and_can_be_put_away(empty, browser, axe, pictures):
    with Person(browser, empty.url) as ada:
        page = ada.page
        ada.sign_in("Ada Admin")
        steps = page.get_by_role("region", name="First steps")
        expect(steps.get_by_text(re.compile("of 5 done"))).to_be_visible()
        assert ada.barriers(axe) == []
        page.screenshot(path=pictures / "dashboard-first-steps.png")

        steps.get_by_role("link", name="Begin a project").click()
        expect(page.get_by_role("complementary").get_by_label("Slug")).to_be_visible()
        create_project(page, "Autumn campaign", "autumn-campaign")
        create_credential(page, "Autumn warehouse", "autumn-warehouse")
        attach(page, "Autumn campaign", "Autumn warehouse")
        Visitor(empty.url).sign_in("operator")
        exporter = Visitor(empty.url)
        exporter.sign_in("admin")
        exporter.post("/api/audit/exports", {"form": "ndjson"})

        ada.go("/")
        expect(steps).to_have_count(0)
        expect(page.get_by_role("link", name="1 Projects")).to_have_attribute("href", "/s/projects")
        health = page.get_by_role("region", name="Health")
        expect(health).to_be_visible()
        assert ada.complaints == []
        assert ada.violations() == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_members_come_and_go_and_a_project_ends(empty, browser, axe, pictures, theme):
    Visitor(empty.url).sign_in("operator")
    with Person(browser, empty.url, theme=theme) as ada:
        page = ada.page
        ada.sign_in("Ada Admin")
        create_project(page, "Members only", "members-only")
        drawer = page.get_by_role("complementary")
        drawer.get_by_role("link", name="Members").click()
        expect(drawer.get_by_text("Answers for it")).to_be_visible()
        drawer.get_by_label("Find people").fill("oscar")
        who = drawer.get_by_label("Person")
        otto = who.get_by_role("option").filter(has_text=re.compile("Oscar"))
        expect(otto).to_have_count(1)
        who.select_option(otto.get_attribute("value"))
        drawer.get_by_role("button", name="Add member").click()
        role = drawer.get_by_label("Role of Oscar Operator")
        role.select_option("editor")
        expect(page.get_by_text("Oscar Operator: Editor")).to_be_visible()
        assert ada.barriers(axe) == []
        page.screenshot(path=pictures / "projects-members.png")
        drawer.get_by_role("button", name="More about Oscar Operator").click()
        page.get_by_role("menuitem", name="Remove").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Remove").click()
        expect(role).to_have_count(0)

        here = page.url.removesuffix("/members").removeprefix(empty.url)
        for part in ("", "/credentials", "/runs", "/history", "/edit", "/danger"):
            ada.go(here + part)
            drawer.wait_for()
            assert ada.barriers(axe) == []
            page.screenshot(path=pictures / f"projects{part.replace('/', '-')}-{theme}.png")
        drawer.get_by_role("button", name="Archive project").click()
        expect(drawer.get_by_role("region", name="Purge project")).to_be_visible()
        # Drawn before it is done; it is purged in the version in which it is put away.
        expect(page.get_by_text("Archived Members only")).to_be_visible()
        assert ada.barriers(axe) == []
        drawer.get_by_role("button", name="Purge project").click()
        dialog = page.get_by_role("alertdialog")
        dialog.get_by_role("textbox").fill("members-only")
        dialog.get_by_role("button", name="Purge project").click()
        expect(page.get_by_text("Purged Members only")).to_be_visible()
        assert ada.complaints == []
        assert ada.violations() == []
