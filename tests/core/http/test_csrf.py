"""Another site cannot make a signed-in person do anything (attacks A065, A066, A075)."""

import pytest

from foundation.http.csrf import CrossSite, check_origin
from foundation.http.exchange import Headers

HERE = "https://ops.example.org"


def check(method, **headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    check_origin(method, Headers(raw), public_origin=HERE)


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_request_of_our_own_pages_passes(site):
    check("POST", sec_fetch_site=site)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "same-origin, cross-site"])
def test_a_request_the_browser_calls_foreign_is_refused(site):
    with pytest.raises(CrossSite):
        check("POST", sec_fetch_site=site, origin=HERE)


def test_our_origin_passes_where_the_browser_says_nothing_else():
    check("PATCH", origin=HERE)


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "null",
        "http://ops.example.org",
        "https://ops.example.org:444",
        "https://ops.example.org.evil.example",
        "https://ops.example.org/",
        "HTTPS://OPS.EXAMPLE.ORG",
        "",
    ],
)
def test_any_other_origin_is_refused(origin):
    with pytest.raises(CrossSite):
        check("DELETE", origin=origin)


def test_a_request_that_says_nothing_is_refused():
    with pytest.raises(CrossSite, match="neither"):
        check("POST")


def test_two_fetch_headers_are_refused():
    twice = Headers([(b"sec-fetch-site", b"same-origin"), (b"sec-fetch-site", b"same-origin")])

    with pytest.raises(CrossSite):
        check_origin("POST", twice, public_origin=HERE)


def test_two_origins_are_refused():
    twice = Headers([(b"origin", HERE.encode()), (b"origin", HERE.encode())])

    with pytest.raises(CrossSite):
        check_origin("POST", twice, public_origin=HERE)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_reading_request_may_come_from_anywhere(method):
    check(method, sec_fetch_site="cross-site", origin="https://evil.example")
