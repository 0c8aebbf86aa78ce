"""A job of an example started, watched, stopped and repeated by a person, done by a real worker."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from .feed_site import feed_site
from .foundation_process import FoundationProcess
from .person import Person


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[FoundationProcess]:
    """A Foundation in which the example of a job is installed."""
    site = feed_site(tmp_path_factory.mktemp("site"))
    with FoundationProcess(site=site) as process:
        yield process


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_run_is_started_watched_stopped_and_repeated(running, browser, axe, pictures, theme):
    with Person(browser, running.url, theme=theme) as ada:
        page = ada.page
        ada.sign_in("Ada Admin", at="/s/runs")
        page.get_by_role("button", name="Start run").click()
        page.get_by_role("complementary").get_by_role("link", name="Pull rows").click()
        page.get_by_label("Rows", exact=True).fill("40")
        page.get_by_label("Pause between batches, in ms").fill("700")
        page.get_by_role("complementary").get_by_role("button", name="Start run").click()

        drawer = page.get_by_role("complementary").filter(has_text="Asked for")
        expect(drawer.get_by_text("Running")).to_be_visible(timeout=30_000)
        expect(drawer.get_by_role("progressbar")).to_be_visible(timeout=30_000)
        page.screenshot(path=pictures / f"runs-running-{theme}.png")
        expect(drawer.get_by_text("Succeeded")).to_be_visible(timeout=60_000)
        expect(drawer.get_by_role("region", name="Log")).to_contain_text("rows 30 to 39")
        expect(page.get_by_role("row", name="Pull rows").first).to_be_visible(timeout=30_000)
        page.screenshot(path=pictures / f"runs-ended-{theme}.png")

        drawer.get_by_role("button", name="Run again").click()
        expect(drawer.get_by_role("button", name="Stop run")).to_be_visible(timeout=30_000)
        expect(drawer.get_by_text("Running")).to_be_visible(timeout=30_000)
        drawer.get_by_role("button", name="Stop run").click()
        page.get_by_role("alertdialog").get_by_role("button", name="Stop run").click()
        expect(drawer.get_by_text("Cancelled")).to_be_visible(timeout=30_000)

        ada.go("/s/runs/start/feed/pull")
        page.get_by_role("link", name="Run by the clock instead").click()
        page.get_by_label("When", exact=True).fill("0 4 * * *")
        page.get_by_role("complementary").get_by_text("When something is in the way").click()
        assert ada.barriers(axe) == []
        page.screenshot(path=pictures / f"runs-schedule-{theme}.png")
        page.get_by_role("button", name="Save schedule").click()
        expect(page.get_by_text("Pull rows runs by the clock")).to_be_visible()
        expect(page.get_by_role("region", name="Schedules")).to_contain_text("0 4 * * *")
        page.screenshot(path=pictures / f"runs-schedules-{theme}.png", full_page=True)
        assert ada.barriers(axe) == []
        assert ada.violations() == []
        assert ada.complaints == []
