"""Time stamps, from an authority that is really one: `openssl ts`."""

import asyncio
import subprocess
from datetime import timedelta

import pytest

from foundation.audit.stamp import Stamper, StampRefused, post, request, require_stamp, write_stamps
from foundation.clock import SystemClock

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {folder}/serial
signer_cert = {folder}/cert.pem
signer_key = {folder}/key.pem
certs = {folder}/cert.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ess_cert_id_alg = sha256
"""


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A folder with the key and the certificate of a time stamping authority."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "tsa.cnf").write_text(CONFIG.format(folder=folder))
    (folder / "serial").write_text("01\n")
    new = ["openssl", "req", "-x509", "-newkey", "ec", "-nodes", "-days", "2"]
    new += ["-pkeyopt", "ec_paramgen_curve:P-256"]
    own = [*("-subj", "/CN=ca", "-keyout", "ca.key", "-out", "ca.pem")]
    below = [
        *("-subj", "/CN=tsa", "-keyout", "key.pem", "-out", "cert.pem"),
        *("-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "basicConstraints=CA:FALSE"),
        *("-addext", "extendedKeyUsage=critical,timeStamping"),
        *("-addext", "keyUsage=critical,digitalSignature"),
    ]
    for words in (own, below):
        subprocess.run([*new, *words], cwd=folder, check=True, capture_output=True)
    return folder


def answer(folder, query):
    (folder / "query").write_bytes(query)
    command = ["openssl", "ts", "-reply", "-queryfile", "query", "-config", "tsa.cnf"]
    subprocess.run([*command, "-out", "reply"], cwd=folder, check=True, capture_output=True)
    return (folder / "reply").read_bytes()


@pytest.fixture
def stamper(log, authority):
    asked = []

    async def ask(_url, query):
        asked.append(query)
        return answer(authority, query)

    made = Stamper(log.database, SystemClock(), "http://tsa.example.org/", ask)
    return made, asked


async def test_the_newest_head_is_stamped_once_in_an_hour(log, stamper):
    made, asked = stamper
    assert not await made.stamp()  # nothing is signed yet
    await log.sealed(2)
    assert await made.stamp()
    await log.sealed(1)
    assert not await made.stamp()
    assert len(asked) == 1

    class Later:
        def now(self):
            return SystemClock().now() + timedelta(hours=1, minutes=1)

    later = Stamper(log.database, Later(), made.url, made.ask)
    assert await later.stamp()
    assert await log.ask("SELECT tree_size FROM foundation.audit_stamps ORDER BY 1") == [(2,), (3,)]


async def test_openssl_verifies_what_is_written_out(log, stamper, authority, tmp_path):
    await log.sealed(1)
    await stamper[0].stamp()
    async with log.database.reading() as db:
        assert await write_stamps(db, tmp_path) == 1

    (note,), (stamp,) = tmp_path.glob("*.note"), tmp_path.glob("*.tsr")
    command = ["openssl", "ts", "-verify", "-data", note, "-in", stamp]
    command += ["-CAfile", authority / "ca.pem"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr
    note.chmod(0o600)
    note.write_text(note.read_text() + "\n")
    assert subprocess.run(command, capture_output=True, check=False).returncode != 0


async def test_no_stamp_is_changed_afterwards(log, stamper):
    await log.sealed(1)
    await stamper[0].stamp()
    with pytest.raises(Exception, match="is refused"):
        await log.forge("DELETE FROM foundation.audit_stamps")


def test_an_answer_to_something_else_is_refused(authority):
    good = answer(authority, request(b"a", 7))
    require_stamp(good, b"a", 7)

    for data, nonce in ((b"b", 7), (b"a", 8)):
        with pytest.raises(StampRefused):
            require_stamp(good, data, nonce)
    refused = bytes.fromhex("30053003020102")
    for response in (refused, b"", b"<html>", good[:50]):
        with pytest.raises(StampRefused):
            require_stamp(response, b"a", 7)


async def test_an_authority_that_answers_otherwise_is_told():
    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 500 X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises(StampRefused, match="answered 500"):
        await post(f"http://127.0.0.1:{port}/", b"x")
    server.close()
