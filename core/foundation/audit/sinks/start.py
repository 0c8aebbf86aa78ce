"""Putting the sinks together at start, from the settings alone."""

from pathlib import Path
from urllib.parse import unquote

from foundation.audit.sinks.address import SinkAddress, read_addresses
from foundation.audit.sinks.courier import Courier
from foundation.audit.sinks.file import FileSink
from foundation.audit.sinks.sink import Sink
from foundation.audit.sinks.syslog import SyslogSink
from foundation.audit.sinks.webhook import WebhookSink
from foundation.clock import Clock
from foundation.db.engine import Database
from foundation.settings import Settings, SettingsRefused

SECRET = "FOUNDATION_AUDIT_WEBHOOK_SECRET"  # noqa: S105  # the name of a setting


def build_courier(settings: Settings, *, database: Database, origin: str, clock: Clock) -> Courier:
    """Return what hands the trail on; raises `SettingsRefused` for an address that is none."""
    addresses = read_addresses(settings.audit_sinks)
    return Courier(
        database, [_sink(address, settings, origin=origin, clock=clock) for address in addresses]
    )


def _sink(address: SinkAddress, settings: Settings, *, origin: str, clock: Clock) -> Sink:
    parts = address.parts
    if address.kind == "file":
        return FileSink(address.name, Path(unquote(parts.path)))
    if address.kind == "syslog":
        host, port = parts.hostname or "", parts.port or 0
        ca_file = settings.audit_syslog_ca_file
        match parts.scheme:
            case "syslog+udp":
                return SyslogSink(address.name, "udp", host, port)
            case "syslog+tcp":
                return SyslogSink(address.name, "tcp", host, port)
            case _:
                return SyslogSink(address.name, "tls", host, port, ca_file)
    key = settings.audit_webhook_secret
    if key is None or len(key.reveal()) < 24:
        raise SettingsRefused([f"{SECRET}: a webhook needs it, at least 24 characters"])
    return WebhookSink(address.name, address.url, origin, key, clock)
