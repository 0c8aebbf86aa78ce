"""What the first load waits for, counted: speed itself is measured by bench/lighthouse.py."""

import re

from playwright.sync_api import Browser, Request, Route

from .foundation_process import FoundationProcess
from .person import Person

FILES = 8
"""Scripts and style sheets that the document names; what they import is among them."""


def test_the_first_page_asks_early_once_and_for_little(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        ada.page.goto("about:blank")  # whatever the page before was still loading ends with it
        asked: list[str] = []

        def note(request: Request) -> None:
            asked.append(request.url.removeprefix(foundation.url))

        ada.page.on("request", note)
        ada.go("/")

        html = ada.page.evaluate("async () => (await fetch('/')).text()")
        code = re.findall(r'(?:src|href)="(/[^"]+\.(?:js|css))"', html)
        assert 4 < len(code) <= FILES, code
        # Whoever was here is not asked for first, and nothing is asked for twice.
        for path, times in (("/api/shell", 1), ("/api/dashboard", 1), ("/api/auth/here", 0)):
            assert asked.count(path) == times, asked
        # The code of other pages comes after what this one waits for.
        others = [path for path in asked if path.startswith("/assets/") and path not in html]
        scripts = [path for path in others if path.endswith(".js")]
        assert asked.index("/api/dashboard") < min(map(asked.index, scripts), default=len(asked))
        head = ada.page.evaluate(
            "() => [document.doctype?.name, document.documentElement.lang, document.title,"
            " document.querySelector('meta[name=viewport]').content,"
            " document.querySelector('meta[name=description]').content.length > 0]"
        )
        viewport = "width=device-width, initial-scale=1"
        assert head == ["html", "en-US", "Dashboard · Foundation", viewport, True]


def test_what_asks_early_and_comes_late_asks_nothing_again(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        ada.page.goto("about:blank")
        held: list[Route] = []
        ada.page.route("**/early.js", lambda route: held.append(route))  # noqa: PLW0108
        with ada.page.expect_request("**/api/dashboard"):
            ada.page.goto(foundation.url, wait_until="commit")
        asked: list[str] = []
        ada.page.on("request", lambda request: asked.append(request.url))
        with ada.page.expect_request_finished(lambda request: "early.js" in request.url):
            held[0].continue_()
        ada.settle()
        assert [url for url in asked if url.endswith(("/shell", "/dashboard", "/here"))] == []
