"""TLS to others: certificates are checked, and nothing older than TLS 1.2 is spoken (ASVS 12.1.1).

Python sees to that by itself, except where it was built to leave it to OpenSSL, as Debian's is.
"""

import ssl
from pathlib import Path

OLDEST = ssl.TLSVersion.TLSv1_2


def bounded(context: ssl.SSLContext) -> ssl.SSLContext:
    """Let *context* speak nothing older than `OLDEST`; returns it."""
    context.minimum_version = OLDEST
    return context


def trusting(ca_file: Path | None = None) -> ssl.SSLContext:
    """Return a context for a client that trusts *ca_file* alone, or whom the system trusts."""
    return bounded(ssl.create_default_context(cafile=ca_file))
