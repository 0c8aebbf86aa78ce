"""A provider whose certificate nobody signed: what OWASP ASVS asks for of certificates, live."""

import datetime as dt
import http.server
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def certificate_of_nobody(folder):
    """Make a self-signed certificate for localhost; return the file with it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    start = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 7, start, start.replace(year=2099))
    signed = made.add_extension(
        x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False
    ).sign(key, hashes.SHA256())
    file = folder / "both.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + signed.public_bytes(serialization.Encoding.PEM)
    )
    return file


class Silent(http.server.BaseHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


class Quiet(http.server.HTTPServer):
    def handle_error(self, request, client_address):
        """Say nothing: a client that refuses the certificate is what the test wants."""


@pytest.mark.usefixtures("the_next_honest_request_works")
async def test_a038_a_provider_whose_certificate_nobody_signed_is_not_believed(
    tmp_path, app, client
):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate_of_nobody(tmp_path))
    server = Quiet(("127.0.0.1", 0), Silent)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    discovery = app.parts.identity._provider._discovery
    issuer = f"https://localhost:{server.server_address[1]}"
    discovery._settings = discovery._settings.model_copy(update={"oidc_issuer": issuer})
    try:
        begun = await client.post("/api/auth/login", {"next": "/"})
        assert (begun.status, begun.code) == (503, "unavailable")
        assert "cannot be reached (ConnectError)" in app.parts.identity.problem
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
