"""Attacks that only a real browser can fend off (A071, A073, A074), and what it keeps of us."""

import json

import pytest
from playwright.sync_api import Browser, expect

from .foundation_process import FoundationProcess
from .person import Person
from .visitor import Visitor

pytestmark = pytest.mark.usefixtures("the_next_honest_request_works")
MARKUP = "<img src=x onerror=\"document.title='hacked'\">"
POLICY = (
    "default-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "require-trusted-types-for 'script'",
)
STORED = """async () => ({
  local: Object.entries(localStorage), session: Object.entries(sessionStorage),
  databases: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  cookie: document.cookie,
})"""
FRAMED = """url => new Promise(done => {
  const frame = document.createElement('iframe');
  frame.onload = () => {
    try { done(frame.contentDocument === null ? 'closed' : frame.contentDocument.URL); }
    catch { done('closed'); }
  };
  frame.src = url; document.body.append(frame);
})"""
AS_SCRIPT = """url => new Promise(done => {
  const script = document.createElement('script');
  script.onload = () => done('ran'); script.onerror = () => done('blocked');
  script.src = url; document.head.append(script);
})"""
SOCKET = """url => new Promise(done => {
  const socket = new WebSocket(url);
  socket.onopen = () => done('open'); socket.onerror = () => done('refused');
})"""


@pytest.fixture(scope="module")
def signed_in(foundation: FoundationProcess) -> Visitor:
    """The admin with curl, to make things with."""
    ada = Visitor(foundation.url)
    ada.sign_in("admin")
    return ada


def test_a071_a073_another_page_frames_nothing_runs_nothing_and_opens_no_socket(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        # A page of another origin (the port differs) in the same browser, so cookies are there.
        other = ada.context.new_page()
        other.route("http://localhost:9/", lambda route: route.fulfill(body="<body></body>"))
        other.goto("http://localhost:9/")

        framed = other.evaluate(FRAMED, foundation.url + "/")
        ran = other.evaluate(AS_SCRIPT, foundation.url + "/api/auth/me")
        socket = other.evaluate(SOCKET, f"ws://localhost:{foundation.port}/api/shell")
        text = [frame.locator("body").inner_text() for frame in other.frames[1:]]

    assert (framed, ran, socket) == ("closed", "blocked", "refused")
    assert "Foundation" not in " ".join(text)


def test_a074_markup_in_a_name_is_text_and_nothing_else(
    foundation: FoundationProcess, browser: Browser, signed_in: Visitor
) -> None:
    signed_in.post("/api/projects", {"slug": "markup", "name": MARKUP, "description": MARKUP})
    signed_in.post(
        "/api/creds",
        {"slug": "markup", "name": MARKUP, "kind": "bearer", "values": {"token": "unseen"}},
    )
    signed_in.post("/api/me/tokens", {"name": MARKUP, "scopes": ["projects:project:read"]})
    with Person(browser, foundation.url) as ada:
        ada.context.set_extra_http_headers({"User-Agent": MARKUP})
        ada.sign_in("Ada Admin")
        for path in ("/s/projects", "/s/credentials", "/settings/tokens"):
            ada.go(path)
            expect(ada.page.get_by_text(MARKUP).first).to_be_visible()
            assert ada.page.locator("img[src=x]").count() == 0
        for path in ("/settings/sessions", "/s/users", "/s/audit", "/"):
            ada.go(path)
            assert ada.page.locator("img[src=x]").count() == 0
        assert "hacked" not in ada.page.title()
        assert ada.violations() == []


def test_the_browser_keeps_nothing_but_how_the_page_looks(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.sign_in("Ada Admin")
        for path in ("/s/credentials", "/s/users", "/settings/sessions"):
            ada.go(path)
        kept = ada.page.evaluate(STORED)
        cookies = ada.context.cookies(foundation.url)

    assert kept["cookie"] == ""
    assert (kept["databases"], kept["caches"]) == (0, 0)
    assert {name for name, _ in kept["local"] + kept["session"]} <= {
        "foundation.theme",
        "foundation.here",
        "foundation.scroll",
        "foundation.reloaded",
    }
    assert "ada" not in json.dumps(kept).lower()
    assert [(cookie["name"], cookie["httpOnly"], cookie["secure"]) for cookie in cookies] == [
        ("__Host-foundation_session", True, True)
    ]


def test_nobody_is_sent_to_the_provider_without_a_click_and_the_way_out_is_on_every_page(
    foundation: FoundationProcess, browser: Browser
) -> None:
    with Person(browser, foundation.url) as ada:
        ada.go("/s/projects")
        assert ada.page.url == foundation.url + "/s/projects"
        ada.sign_in("Ada Admin")
        for path in ("/", "/s/projects", "/s/users/roles", "/settings", "/s/nowhere"):
            ada.go(path)
            ada.page.get_by_role("button", name="Account of Ada Admin").click()
            expect(ada.page.get_by_role("menuitem", name="Sign out")).to_be_visible()
            ada.page.keyboard.press("Escape")


def test_every_kind_of_answer_is_neither_sniffed_nor_framed_and_names_no_version(
    signed_in: Visitor,
) -> None:
    page = signed_in.get("/")
    answers = [page, signed_in.get("/api/shell"), signed_in.get("/api/nowhere")]
    answers += [
        signed_in.get("/theme.js"),
        signed_in.get("/nowhere.js"),
        signed_in.get("/icon.svg"),
    ]

    for part in POLICY:
        assert part in page.headers["Content-Security-Policy"], part
    assert "unsafe" not in page.headers["Content-Security-Policy"]
    for answer in answers:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert answer.headers["Server"] is None
        assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_method_nobody_knows_is_405(signed_in: Visitor) -> None:
    for method in ("TRACE", "PROPFIND", "DELETE"):
        assert signed_in.send(method, "/api/shell").status == 405, method
