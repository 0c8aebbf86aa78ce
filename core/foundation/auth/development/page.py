"""The page that asks who to be: one form, three buttons, nothing that needs a script."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlsplit

from foundation.auth.development.people import PEOPLE

CSS = """\
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; }
main { width: min(22rem, calc(100vw - 2rem)); }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; }
p { margin: 0 0 1.25rem; }
form { display: grid; gap: .5rem; }
button { font: inherit; text-align: start; padding: .75rem 1rem; border-radius: .5rem;
  border: 1px solid GrayText; background: Canvas; color: CanvasText; cursor: pointer; }
button:hover { border-color: CanvasText; }
button:focus-visible { outline: 3px solid Highlight; outline-offset: 2px; }
button span { display: block; }
"""

_PAGE = """\
<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><link rel="stylesheet" href="/style.css"></head>
<body><main><h1>{title}</h1>{body}</main></body>
</html>
"""


def html_headers(public_url: str) -> Mapping[str, str]:
    """Return the headers of a page: no script at all, and forms only to here and to Foundation.

    Chromium checks the redirect after a form against ``form-action`` too.
    """
    parts = urlsplit(public_url)
    origin = f"{parts.scheme}://{parts.netloc}"
    policy = (
        f"default-src 'none'; style-src 'self'; form-action 'self' {origin}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    return {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def choice_page(request: str) -> str:
    """Return the page that continues the authorization *request*, a query string."""
    buttons = "".join(
        f'<button name="person" value="{someone.subject}">'
        f"{escape(someone.name)}<span>{someone.subject}</span></button>"
        for someone in PEOPLE
    )
    body = (
        "<p>For development on this machine only: choose who to be.</p>"
        '<form method="post" action="/authorize">'
        f'<input type="hidden" name="request" value="{escape(request)}">'
        f'{buttons}<button name="person" value="">Do not sign in</button></form>'
    )
    return _PAGE.format(title="Development sign-in", body=body)


def text_page(text: str) -> str:
    """Return a page with one sentence."""
    return _PAGE.format(title="Development sign-in", body=f"<p>{escape(text)}</p>")
