"""Writes deploy/env.example from the settings: each of them once, with what a deployment says.

Part of `make docs`, so that a new setting is in the example as soon as it is in the reference.
"""

import textwrap
from collections.abc import Iterator

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from foundation.plugins.registry import Loaded
from foundation.settings import PREFIX, Settings

HEAD = """\
# How this Foundation is set up: copy it to foundation.env and edit that.
# Written by `make docs` from the settings; what has a # before its name shows the default.
# Secrets are files (sh secrets.sh makes them), never lines here.

# The domain that Caddy answers for, and where its certificate's issuer writes to.
CADDY_DOMAIN=ops.example.org
CADDY_EMAIL=ops@example.org
"""

SAID = {
    "public_url": "https://ops.example.org",
    "oidc_issuer": "https://sign-in.example.org",
    "oidc_client_id": "foundation",
}
"""What has no default and no file: the lines to edit."""

COMPOSE = {
    "data": "/var/lib/foundation",
    "host": "0.0.0.0",  # noqa: S104  # inside a container, whose network is its own
    "web_root": "the image web serves it",
    "runs": "off, the service worker does them",
    "trusted_proxies": "the address of Caddy",
    "database_url": "secrets/database-url",
    "redis_url": "secrets/redis-url",
    "secret_key": "secrets/secret-key",
    "keyring_file": "secrets/keyring",
    "audit_mac_key_file": "secrets/audit-mac-key",
    "audit_signing_key_file": "secrets/audit-signing-key",
    "oidc_client_secret": "secrets/oidc-client-secret",
    "metrics_token": "a file, if metrics are read from elsewhere",
}
"""What compose.yaml says itself, or what is a secret file."""


def env_example(plugins: list[Loaded]) -> str:
    """Return the example for core and *plugins*."""
    lines = [HEAD, *_lines(Settings, PREFIX)]
    for one in plugins:
        if one.contributions.settings is not None:
            lines += [f"# {one.title}", ""]
            lines += _lines(type(one.contributions.settings), f"{PREFIX}{one.id.upper()}_")
    return "\n".join(lines).rstrip() + "\n"


def _lines(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        variable = f"{prefix}{name.upper()}"
        yield from textwrap.wrap(f"# {field.description or name}", 100)
        if name in COMPOSE:
            yield f"# {variable}: {COMPOSE[name]}"
        elif name in SAID:
            yield f"{variable}={SAID[name]}"
        else:
            yield f"# {variable}={_shown(field)}".rstrip()
        yield ""


def _shown(field: FieldInfo) -> str:
    value = field.default
    if value in (None, (), PydanticUndefined):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
