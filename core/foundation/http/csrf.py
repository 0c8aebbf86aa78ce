"""The browser's rule: another site cannot make a signed-in person do anything.

As Go 1.25's CrossOriginProtection, stricter: no tokens, but what a browser says about where a
request comes from. Compared with the setting, never with ``Host``.
"""

from foundation.errors import Forbidden
from foundation.http.exchange import Headers

SAFE = frozenset({"GET", "HEAD"})
_OURS = frozenset({"same-origin", "none"})


class CrossSite(Forbidden):
    """403: an unsafe request that does not come from Foundation's own pages."""

    code, title = "cross_site", "This request does not come from Foundation's own pages"


def check_origin(method: str, headers: Headers, *, public_origin: str) -> None:
    """Raise `CrossSite` unless a request that may change something comes from our own pages.

    A request with a bearer is not asked: a browser never adds one by itself. ``same-site`` is
    refused too: another host of one's domain is another application.
    """
    if method in SAFE:
        return
    fetched = headers.all("sec-fetch-site")
    if fetched:
        if len(fetched) > 1 or fetched[0].strip().lower() not in _OURS:
            raise CrossSite("the browser says it comes from another site")
        return
    origins = headers.all("origin")
    if not origins:
        raise CrossSite(
            "it has neither Sec-Fetch-Site nor Origin; send Origin with the public URL, or a bearer"
        )
    if origins != (public_origin,):
        raise CrossSite("its Origin is not Foundation's public URL")
