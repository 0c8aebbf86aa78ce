"""Addresses of sinks, as they stand in the settings."""

import pytest

from foundation.audit.sinks.address import read_addresses
from foundation.settings import SettingsRefused


def test_each_scheme_names_a_kind_of_sink():
    found = read_addresses(
        ["a=file:///log/audit", "b=syslog+tls://siem.example.org:6514", "c=https://x.example.org/h"]
    )

    assert [(each.name, each.kind) for each in found] == [
        ("a", "file"), ("b", "syslog"), ("c", "webhook"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("https://x.example.org", "give <name>=<url>"),
        ("Big=https://x.example.org", "small letters"),
        ("a=ftp://x.example.org", "begins with one of"),
        ("a=file://host/path", "whole path"),
        ("a=syslog+tcp://siem.example.org", "no port"),
        ("a=https:///path", "no host"),
        ("a=http://x.example.org", "loopback"),
    ],
)
def test_what_is_wrong_is_told_without_the_address(word, why):
    with pytest.raises(SettingsRefused) as refused:
        read_addresses([word])

    (problem,) = refused.value.problems
    assert why in problem
    assert "example" not in problem.replace("syslog+tls", "") or word.startswith("https")


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(SettingsRefused) as refused:
        read_addresses(["a=x", "b=file:///x", "b=file:///y"])

    assert len(refused.value.problems) == 2
