"""A plugin's document runs in a sandbox that its own answer sets, and reaches nothing but the shell."""

from foundation.http.assets import Assets
from foundation.http.exchange import Headers
from foundation.http.frames import frame, frame_asset, frame_policy
from foundation.http.headers import security_headers

PAGE = "/api/ext/orders/abc/frame.html"
SCRIPT = "/api/ext/orders/abc/frame.js"


async def nobody(scope, receive, send): ...


def headers_of(path):
    files = {
        PAGE: frame("frame.html", b"<!doctype html>", allow=("forms",)),
        SCRIPT: frame_asset("frame.js", b"1"),
    }
    served = Assets(nobody, {}, files, security_headers(is_https=True))
    answer = served.answer("GET", path, Headers([]))
    return {name.lower(): value for name, value in answer.headers}


def test_a_frame_may_run_scripts_and_what_it_asked_for_and_never_be_of_our_origin():
    policy = frame_policy(("popups", "forms"))

    assert policy.startswith("sandbox allow-scripts allow-forms allow-popups; default-src 'none'")
    assert "allow-same-origin" not in policy
    assert "connect-src 'none'" in policy
    assert "form-action 'none'" in policy


def test_a_frame_is_a_page_that_only_foundation_may_show():
    headers = headers_of(PAGE)

    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


def test_the_files_of_a_frame_may_be_read_by_its_nameless_origin():
    headers = headers_of(SCRIPT)

    assert headers["access-control-allow-origin"] == "*"
    assert headers["cross-origin-resource-policy"] == "cross-origin"
    assert headers["content-security-policy"].startswith("default-src 'none'")
