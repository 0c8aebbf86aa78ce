"""Sinks from the settings."""

import pytest

from foundation.audit.sinks.start import build_courier
from foundation.clock import SystemClock
from foundation.settings import SettingsRefused


def build(kit, **given):
    return build_courier(
        kit.make_settings(**given), database=None, origin="log", clock=SystemClock()
    )


def test_each_address_becomes_a_sink_of_its_kind(kit):
    addresses = (
        "a=file:///var/log/audit%20trail,b=syslog+udp://h:514,c=syslog+tcp://h:601,"
        "d=syslog+tls://[::1]:6514,e=https://hooks.example.org/x"
    )
    built = build(kit, audit_sinks=addresses, audit_webhook_secret="k" * 24)

    assert [type(sink).__name__ for sink in built.sinks] == [
        "FileSink", "SyslogSink", "SyslogSink", "SyslogSink", "WebhookSink",
    ]  # fmt: skip
    assert str(built.sinks[0].path) == "/var/log/audit trail"
    assert (built.sinks[3].host, built.sinks[3].port) == ("::1", 6514)


def test_a_webhook_without_a_key_is_refused(kit):
    with pytest.raises(SettingsRefused, match="WEBHOOK_SECRET"):
        build(kit, audit_sinks="e=https://hooks.example.org/x")


def test_without_addresses_there_is_nothing_to_do(kit):
    assert build(kit).sinks == []
