"""What the edge reads of an ASGI scope before anything else has looked at it."""

from foundation.http.exchange import Application, Message, Receive, Scope, Send

__all__ = ["Application", "Message", "Receive", "Scope", "Send", "header"]


def header(scope: Scope, name: bytes) -> str | None:
    """Return the first value of the header *name* (lower case), or None."""
    for key, value in scope["headers"]:
        if key == name:
            return str(value, "latin-1")
    return None
