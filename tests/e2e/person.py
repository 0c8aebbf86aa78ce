"""A person in a real browser, and everything the page complained about while they used it."""

import time
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Literal, Self

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Frame,
    Page,
    Request,
    expect,
)

QUIET_S = 0.2
LOST_S = 30.0
"""After this long a request has ended, and the browser has not said so."""
IDLE = """() => new Promise((done) => {
  setTimeout(done, 5000);
  requestAnimationFrame(() => requestIdleCallback(() => requestIdleCallback(done)));
})"""
"""What a page gets to when it has nothing to compute: the slower the machine, the later.

A page that draws nothing may never be told that it is idle: this one draws, and waits no longer
than the timer.
"""
STILL = """() => document.getAnimations().every((one) => one.playState !== 'running'
  || one.effect.getComputedTiming().endTime === Infinity)"""
"""Asked again and again: an animation whose element is taken away may never say that it ended."""

PATIENCE_MS = 90_000
"""How long anything of a page is waited for: a busy machine is slow, and what works takes a moment."""
expect.set_options(timeout=PATIENCE_MS)

Theme = Literal["light", "dark"]

VIOLATIONS = """
window.__violations = [];
document.addEventListener('securitypolicyviolation', (e) =>
  window.__violations.push(`${e.violatedDirective} ${e.blockedURI}`));
"""

AXE = """async () => (await axe.run(document, {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
})).violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' | ')}`)"""


@dataclass(slots=True)
class Person:
    """One browser window of one person; *complaints* are console errors, page errors, CSP reports.

    A complaint fails the test when the window closes, unless the test says that it is not *calm*.
    """

    browser: Browser
    url: str
    theme: Theme = "light"
    width: int = 1440
    height: int = 900
    calm: bool = True
    contrast: Literal["active", "none"] = "none"
    locale: str = "en-US"
    complaints: list[str] = field(default_factory=list)
    _loading: dict[Request, float] = field(default_factory=dict)
    _leaving: bool = False
    context: BrowserContext = field(init=False)
    page: Page = field(init=False)

    def __enter__(self) -> Self:
        self.context = self.browser.new_context(
            color_scheme=self.theme,
            viewport={"width": self.width, "height": self.height},
            reduced_motion="reduce",
            forced_colors=self.contrast,
            locale=self.locale,
        )
        self.context.add_init_script(VIOLATIONS)
        self.context.set_default_timeout(PATIENCE_MS)  # a window that it opens has the same
        self.page = self.context.new_page()
        # Playwright puts a mark on a bound method's object, and this one takes none.
        self.page.on("console", lambda message: self._heard(message))  # noqa: PLW0108
        self.page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        self.page.on("request", lambda request: self._begins(request))  # noqa: PLW0108
        for ended in ("requestfinished", "requestfailed"):
            self.page.on(ended, lambda request: self._ends(request))  # noqa: PLW0108
        self.page.on("framenavigated", lambda frame: self._arrives(frame))  # noqa: PLW0108
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.context.close()
        if error is None and self.calm and self.complaints:
            raise AssertionError(self.complaints)

    def _begins(self, request: Request) -> None:
        if request.resource_type != "eventsource":
            self._loading[request] = time.monotonic()
        if request.is_navigation_request() and request.frame == self.page.main_frame:
            self._leaving = True

    def _ends(self, request: Request) -> None:
        self._loading.pop(request, None)

    def _arrives(self, frame: Frame) -> None:
        # Of what the last page was still loading, the browser does not always tell the end.
        if self._leaving and frame == self.page.main_frame:
            self._loading.clear()
            self._leaving = False

    def go(self, path: str) -> None:
        """Open a page of Foundation and wait until it is drawn."""
        self.page.goto(self.url + path)
        self.settle()

    def settle(self) -> None:
        """Wait until there is a heading and nothing is loading but what comes live."""
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        # Playwright's "networkidle" waits for the stream, too, which never ends.
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < QUIET_S:
            self.page.evaluate(IDLE)
            self.page.wait_for_timeout(50)
            now = time.monotonic()
            if any(began > now - LOST_S for began in self._loading.values()):
                quiet_since = now

    def sign_in(self, name: str, *, at: str = "/") -> None:
        """Go to *at* as a stranger, and sign in there as one of the development people."""
        self.page.goto(self.url + at)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.get_by_role("button", name=name).click()
        expect(self.page.get_by_role("button", name="Account of")).to_be_visible()
        self.settle()

    def barriers(self, axe: str) -> list[str]:
        """Return what axe finds wrong with the page as it stands now."""
        # What fades in has less contrast on the way.
        self.page.wait_for_function(STILL, polling=50)
        if not self.page.evaluate("'axe' in window"):  # it is half a megabyte
            self.page.evaluate(axe)
        found: Any = self.page.evaluate(AXE)
        return [f"{self.page.url} ({self.theme}): {line}" for line in found]

    def violations(self) -> list[str]:
        """Return what the content security policy has blocked on this page."""
        return list(self.page.evaluate("window.__violations"))

    def _heard(self, message: ConsoleMessage) -> None:
        # Chromium writes each answer of 4xx there; those are what a page handles.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)
