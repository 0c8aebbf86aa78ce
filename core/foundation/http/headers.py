"""The headers every answer carries, whatever made it."""

YEAR = 31_536_000

_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    # "no-referrer" would turn Origin into "null" on our own requests.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
)

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The policy of an answer that is data: opened as a page, it may do nothing."""


def security_headers(*, is_https: bool) -> tuple[tuple[str, str], ...]:
    """Return what pages, files and data all carry; HSTS only where https is really spoken."""
    if not is_https:
        return _ALWAYS
    return (*_ALWAYS, ("Strict-Transport-Security", f"max-age={YEAR}; includeSubDomains"))


def api_headers(*, is_https: bool) -> tuple[tuple[str, str], ...]:
    """Return what every answer below ``/api`` carries, unless it names the header itself."""
    return (
        *security_headers(is_https=is_https),
        ("Content-Security-Policy", API_POLICY),
        ("Cache-Control", "no-store"),
    )


def with_defaults(
    own: tuple[tuple[str, str], ...], defaults: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    """Return *own* and those of *defaults* whose name it does not have."""
    named = {name.lower() for name, _ in own}
    return (*own, *(pair for pair in defaults if pair[0].lower() not in named))
