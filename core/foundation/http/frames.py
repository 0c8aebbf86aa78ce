"""Documents of plugins in a sandbox: what they may load, and that they reach nothing else."""

from collections.abc import Iterable
from dataclasses import replace

from foundation.http.assets import Asset, extension

ANY_ORIGIN = (
    ("Access-Control-Allow-Origin", "*"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
)
"""A sandboxed document has an origin of its own, which is nobody's; its files are no secret."""

IN_THE_SHELL = (("X-Frame-Options", "SAMEORIGIN"),)
"""Everything else of Foundation is never framed."""


def frame_policy(allow: Iterable[str]) -> str:
    """Return the policy of a document that may run its own scripts and nothing but *allow*.

    Without ``allow-same-origin`` it has no cookie and no storage; ``connect-src 'none'`` and
    ``form-action 'none'`` leave messages to the shell as its only way out. The sandbox is in the
    answer, so it holds also where the document is opened by its address.
    """
    sandbox = " ".join(("sandbox allow-scripts", *(f"allow-{one}" for one in sorted(set(allow)))))
    return (
        f"{sandbox}; default-src 'none'; script-src 'self'; style-src 'self'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'none'; frame-src 'none'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
    )


def frame(name: str, body: bytes, *, allow: Iterable[str]) -> Asset:
    """Return the document of a frame, ready to be served."""
    return replace(
        extension(name, body), policy=frame_policy(allow), more=(*ANY_ORIGIN, *IN_THE_SHELL)
    )


def frame_asset(name: str, body: bytes) -> Asset:
    """Return a file that a frame loads."""
    return replace(extension(name, body), more=ANY_ORIGIN)
