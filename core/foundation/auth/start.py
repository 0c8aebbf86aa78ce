"""Putting sign-in together at start: the one place that knows all its parts."""

from collections.abc import Sequence
from uuid import UUID

from foundation.auth.oidc.flow import OidcProvider
from foundation.auth.permissions import Permission
from foundation.auth.service import Identity
from foundation.auth.sessions import Sessions
from foundation.auth.signin import SignIn
from foundation.cache import Cache
from foundation.clock import Clock
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.settings import Settings


def build_identity(
    settings: Settings,
    *,
    database: Database,
    cache: Cache,
    deployment: UUID,
    permissions: Sequence[Permission],
    clock: Clock,
) -> Identity:
    """Return the identity of this process; raises `SettingsRefused` for a bad app secret.

    *permissions* are those of all started plugins; nothing is asked of the provider yet.
    """
    secret = AppSecret(settings.secret_key, deployment=deployment)
    provider = OidcProvider(settings, clock=clock)
    return Identity(
        settings,
        sessions=Sessions(
            database=database, cache=cache, secret=secret, deployment=deployment, clock=clock
        ),
        signin=SignIn(settings, provider=provider, secret=secret, clock=clock),
        provider=provider,
        permissions=permissions,
        clock=clock,
    )
