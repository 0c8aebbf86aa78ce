"""Syslog as a sink, over each of its transports."""

import asyncio
import json
import re
import ssl
import subprocess

import pytest

from foundation.audit.sinks.story import Batch, Place
from foundation.audit.sinks.syslog import MOST_DATAGRAM, SyslogSink, as_syslog

TOLD = {
    "id": "i-1", "type": "things.thing.made", "severity": "high", "outcome": "success",
    "occurred_at": "2026-03-01T10:00:00.000001+00:00", "actor": {"type": "user", "id": 'a"]\\b'},
    "detail": {"word": "grün\n"}, "leaf": {"epoch": 1, "index": 7, "hash": "00"},
}  # fmt: skip
HEAD = re.compile(
    rb"<(\d+)>1 (\S+) (\S+) foundation - (\S+) \[foundation@32473 (.*?[^\\])\] (\{.*)"
)


def batch(*told):
    return Batch(Place(1, 0), Place(1, len(told)), told)


def test_a_message_has_the_form_of_rfc_5424():
    message = as_syslog(TOLD, host="ops 1")

    priority, stamp, host, kind, data, text = HEAD.fullmatch(message).groups()
    assert int(priority) == 13 * 8 + 4
    assert (stamp.decode(), host, kind) == (TOLD["occurred_at"], b"ops?1", b"things.thing.made")
    assert data == b'id="i-1" leaf="1.7" actor="a\\"\\]\\\\b" outcome="success"'
    assert json.loads(text) == TOLD
    assert b"\n" not in message


def test_what_does_not_fit_in_a_datagram_says_less():
    big = TOLD | {"detail": {"word": "x" * MOST_DATAGRAM}}

    message = as_syslog(big, host="h", short=True)
    assert len(message) < MOST_DATAGRAM
    assert json.loads(HEAD.fullmatch(message).group(6))["cut"] is True


async def arrived(server):
    """Wait until *server* has got all of one connection."""
    async with asyncio.timeout(60):
        while not server.got:
            await asyncio.sleep(0.01)


async def test_over_tcp_each_message_has_its_length_before_it(receiver):
    server = await receiver("raw")
    await SyslogSink("s", "tcp", "127.0.0.1", server.port).send(batch(TOLD, TOLD))
    await arrived(server)

    (got,) = server.got
    length, _, rest = got.partition(b" ")
    first, second = rest[: int(length)], rest[int(length) :]
    assert HEAD.fullmatch(first)
    assert second == b"%d %s" % (len(first), first)


async def test_over_udp_each_message_is_a_datagram():
    got = asyncio.Queue()

    class Keep(asyncio.DatagramProtocol):
        def datagram_received(self, data, _addr):
            got.put_nowait(data)

    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(Keep, local_addr=("127.0.0.1", 0))
    port = transport.get_extra_info("sockname")[1]
    await SyslogSink("s", "udp", "127.0.0.1", port).send(batch(TOLD))

    assert HEAD.fullmatch(await asyncio.wait_for(got.get(), 60))
    transport.close()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    command = [
        *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
        *("-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=x"),
        *("-addext", "subjectAltName=IP:127.0.0.1"),
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder


async def test_over_tls_the_server_has_to_be_known(receiver, certificate):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    server = await receiver("raw", ssl=context)
    known = SyslogSink("s", "tls", "127.0.0.1", server.port, certificate / "cert.pem")
    await known.send(batch(TOLD))
    await arrived(server)
    assert server.got[0].endswith(b"}")

    with pytest.raises(OSError, match="certificate verify failed"):
        await SyslogSink("s", "tls", "127.0.0.1", server.port).send(batch(TOLD))
