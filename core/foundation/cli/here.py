"""The settings a command on the host works with: what is set, or what `foundation dev` has kept."""

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import click

from foundation.auth.development.people import variables
from foundation.db.embedded import EmbeddedPostgres, folder_in
from foundation.settings import (
    Settings,
    SettingsRefused,
    read_choice,
    read_database_url,
    read_settings,
)
from foundation.supervisor import keys

SIGN_IN = "sign-in.port"
HINT = "or, for what `foundation dev` runs, name its folder: FOUNDATION_DATA={data} holds none"
_OWN = ("FOUNDATION_OIDC_ISSUER", "FOUNDATION_SECRET_KEY", "FOUNDATION_SECRET_KEY_FILE")


@contextmanager
def settings_here() -> Iterator[Settings]:
    """Give the settings; while the block runs, the embedded database of `foundation dev` serves.

    Raises `SettingsRefused` where neither is there, and `CannotServe`.
    """
    data = read_choice(os.environ).data
    with ExitStack() as parts:
        if any(name in os.environ for name in _OWN):
            yield read_settings(os.environ)
        elif (data / SIGN_IN).is_file():
            yield read_settings(_development(os.environ, data, parts))
        else:
            try:
                yield read_settings(os.environ)
            except SettingsRefused as refused:
                raise SettingsRefused([*refused.problems, HINT.format(data=data)]) from None


def _development(environ: Mapping[str, str], data: Path, parts: ExitStack) -> dict[str, str]:
    """Return *environ* with what `foundation dev` has set up in *data*, its database serving."""
    own = {
        "FOUNDATION_ENVIRONMENT": "development",
        "FOUNDATION_PUBLIC_URL": f"http://localhost:{environ.get('FOUNDATION_PORT', '3000')}",
        "FOUNDATION_PLUGIN_ROLES": "trust",
    }
    own |= variables(int((data / SIGN_IN).read_text("ascii"))) | dict(environ)
    own |= keys.variables(data, environ)
    if read_database_url(environ) is None:
        postgres = EmbeddedPostgres(folder_in(data))
        parts.callback(postgres.stop)  # only the one that was started here
        own["FOUNDATION_DATABASE_URL"] = postgres.start(_say).reveal()
    return own


def _say(line: str) -> None:
    click.echo(line, err=True)
