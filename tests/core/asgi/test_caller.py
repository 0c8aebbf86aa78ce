"""Who calls, and what is believed of it."""

import pytest

from foundation.asgi.caller import identify, is_private, networks

PROXY = networks(["10.0.0.0/8"])


def scope(peer="10.0.0.2", **headers):
    pairs = [(name.replace("_", "-").encode(), text.encode()) for name, text in headers.items()]
    return {"client": (peer, 4000), "headers": pairs}


def client_of(asked, trusted=PROXY):
    return identify(asked, trusted).client


def test_a_forged_address_is_not_believed():
    assert client_of(scope("203.0.113.9", x_forwarded_for="1.2.3.4")) == "203.0.113.9"
    assert client_of(scope("10.0.0.2", x_forwarded_for="1.2.3.4"), trusted=()) == "10.0.0.2"


def test_behind_a_trusted_proxy_the_right_most_stranger_is_the_client():
    asked = scope(x_forwarded_for="1.1.1.1, 203.0.113.9, 10.0.0.7")

    assert client_of(asked) == "203.0.113.9"


def test_several_headers_count_as_one_list():
    asked = {
        "client": ("10.0.0.2", 1),
        "headers": [(b"x-forwarded-for", b"1.1.1.1"), (b"x-forwarded-for", b"203.0.113.9")],
    }

    assert client_of(asked) == "203.0.113.9"


def test_rubbish_ends_the_search():
    assert client_of(scope(x_forwarded_for="203.0.113.9, rubbish, 10.0.0.7")) == "10.0.0.7"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("203.0.113.9:5555", "203.0.113.9"),
        ("[2001:db8::1]:5555", "2001:db8::1"),
        ("2001:db8::1", "2001:db8::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
    ],
)
def test_an_address_is_read_as_proxies_write_it(written, meant):
    assert client_of(scope(x_forwarded_for=written)) == meant


def test_a_peer_mapped_into_version_six_is_known_as_what_it_is():
    assert client_of(scope("::ffff:10.0.0.2", x_forwarded_for="203.0.113.9")) == "203.0.113.9"


def test_no_peer_is_no_client():
    assert client_of({"client": None, "headers": []}) == ""


def test_a_request_id_is_taken_from_a_trusted_peer_only():
    given = "0192aaaa-caddy"

    assert identify(scope(x_request_id=given), PROXY).request_id == given
    assert identify(scope("203.0.113.9", x_request_id=given), PROXY).request_id != given


@pytest.mark.parametrize("given", ["short", "a" * 65, "has space in it", 'quote"quote', "-leading"])
def test_a_malformed_request_id_is_replaced(given):
    assert identify(scope(x_request_id=given), PROXY).request_id != given


def test_a_trace_goes_on_with_a_span_of_its_own():
    caller = identify(scope(traceparent=f"00-{'4b' * 16}-{'0f' * 8}-01"), ())

    assert caller.trace_id == "4b" * 16
    assert caller.span_id != "0f" * 8
    assert len(caller.span_id) == 16


@pytest.mark.parametrize(
    "given",
    [
        f"01-{'4b' * 16}-{'0f' * 8}-01",
        f"00-{'0' * 32}-{'0f' * 8}-01",
        f"00-{'4b' * 16}-{'0' * 16}-01",
        f"00-{'4B' * 16}-{'0f' * 8}-01",
        "rubbish",
    ],
)
def test_a_malformed_trace_is_begun_anew(given):
    caller = identify(scope(traceparent=given), ())

    assert len(caller.trace_id) == 32
    assert caller.trace_id not in given


@pytest.mark.parametrize(
    ("peer", "private"),
    [("127.0.0.1", True), ("10.1.1.1", True), ("::1", True), ("8.8.8.8", False)],
)
def test_private_peers_are_known(peer, private):
    assert is_private(scope(peer)) is private


@pytest.mark.parametrize("name", ["x_forwarded_for", "forwarded", "x_real_ip", "via"])
def test_a_forwarded_request_is_never_private(name):
    assert not is_private(scope("127.0.0.1", **{name: "10.0.0.1"}))


def test_what_is_no_network_is_refused():
    with pytest.raises(ValueError, match="proxy.example"):
        networks(["proxy.example"])
