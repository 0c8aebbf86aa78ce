"""Signing in to a mail server, to see whether it works; nothing is sent."""

import ssl
from typing import Literal

import aiosmtplib

from foundation import tls
from foundation.secret import Secret

Word = Literal["ok", "refused", "unreachable", "timeout", "insecure", "failed"]


async def sign_in(
    *, host: str, port: int, security: str, username: str, password: Secret, within_s: float
) -> Word:
    """Sign in and leave; the answer is one word, never the server's, which may echo the password.

    *security* is ``tls`` (from the first byte), ``starttls``, or ``none``.
    """
    client = aiosmtplib.SMTP(
        hostname=host,
        port=port,
        use_tls=security == "tls",
        start_tls=security == "starttls",
        tls_context=tls.trusting(),
        timeout=within_s,
    )
    try:
        await client.connect()
        await client.login(username, password.reveal())
        return "ok"
    except (aiosmtplib.SMTPException, OSError) as fault:
        return _word(fault)
    finally:
        client.close()


def _word(fault: Exception) -> Word:
    if isinstance(fault, aiosmtplib.SMTPTimeoutError):
        return "timeout"
    if isinstance(fault, aiosmtplib.SMTPAuthenticationError):
        return "refused"
    if isinstance(fault, ssl.SSLError) or isinstance(fault.__cause__, ssl.SSLError):
        return "insecure"
    if isinstance(fault, aiosmtplib.SMTPConnectError | OSError):
        return "unreachable"
    return "failed"
