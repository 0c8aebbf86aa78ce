"""Writes the headers that nginx sends with the web app: the build's own policy, core's own rules.

``nginx_rules.py web/dist/csp.txt`` prints them; the image of the web app is built with it. It
needs core on the path and nothing else.
"""

import sys
from pathlib import Path

from foundation.http.headers import API_POLICY, security_headers


def rules(policy: str) -> str:
    """Return the part of nginx's configuration for pages whose policy is *policy*."""
    lines = [
        "# Written by scripts/nginx_rules.py from the build's csp.txt and core's own headers.",
        'map "$status $uri" $policy {',
        f'    "~^(200|304) .*\\.html$" "{_quoted(policy)}";',
        f'    default "{_quoted(API_POLICY)}";',
        "}",
        "add_header Content-Security-Policy $policy always;",
    ]
    lines += [
        f'add_header {name} "{_quoted(value)}" always;'
        for name, value in security_headers(is_https=True)
    ]
    return "\n".join(lines) + "\n"


def _quoted(value: str) -> str:
    """Return *value* for a string in double quotes; refuses what nginx would read as its own."""
    if any(odd in value for odd in '"\\$\n'):
        raise ValueError(f"nginx cannot be given {value!r}")
    return value


if __name__ == "__main__":
    sys.stdout.write(rules(Path(sys.argv[1]).read_text("utf-8").strip()))
