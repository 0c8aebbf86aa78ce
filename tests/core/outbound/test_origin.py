"""A request goes to the origins of its credential, however the address is written."""

import pytest

from foundation.outbound.origin import EgressRefused, Origin, is_inside, origin_of, require_origin

OURS = Origin("https", "ok.example", 443)


@pytest.mark.parametrize(
    "url",
    ["https://ok.example/x", "https://OK.example:443/", "https://ok.example./a?b=c"],
)
def test_an_address_is_compared_in_one_form(url):
    assert require_origin(url, {OURS}) == OURS


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/",
        "https://ok.example@evil.example/",
        "https://ok.example:444/",
        "http://ok.example/",
        "https://ok.example.evil.example/",
        "https://evil.example\\@ok.example/",
        "https://ok.example\n.evil.example/",
        "https://ok.example:99999/",
        "//ok.example/",
        "file:///etc/passwd",
        "https://",
    ],
)
def test_a117_any_other_origin_is_refused(url):
    with pytest.raises(EgressRefused):
        require_origin(url, {OURS})


def test_a_name_of_another_alphabet_is_compared_as_it_is_sent():
    assert origin_of("https://b\u00fccher.example").host == "xn--bcher-kva.example"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1",
        "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "224.0.0.1",
    ],
)  # fmt: skip
def test_a117_this_machine_and_what_is_around_it_are_inside(address):
    assert is_inside(address)


def test_a_public_address_is_not_inside():
    assert not is_inside("93.184.216.34")
    assert not is_inside("2606:4700::1111")
