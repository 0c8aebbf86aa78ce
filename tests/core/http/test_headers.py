"""The headers every answer carries."""

from foundation.http.headers import api_headers, security_headers, with_defaults


def test_data_is_never_kept_sniffed_or_framed():
    headers = dict(api_headers(is_https=True))

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


def test_hsts_is_said_only_over_https():
    assert "Strict-Transport-Security" in dict(security_headers(is_https=True))
    assert "Strict-Transport-Security" not in dict(security_headers(is_https=False))


def test_no_header_opens_the_api_to_other_origins():
    assert not [name for name, _ in api_headers(is_https=True) if name.startswith("Access-Control")]


def test_the_referrer_policy_keeps_the_origin_of_our_own_requests():
    assert dict(security_headers(is_https=True))["Referrer-Policy"] == "same-origin"


def test_an_answer_keeps_its_own_header_and_gets_the_others():
    mixed = with_defaults((("cache-control", "no-cache"),), api_headers(is_https=False))

    assert [value for name, value in mixed if name.lower() == "cache-control"] == ["no-cache"]
    assert "Referrer-Policy" in dict(mixed)
