"""``/api/keys``: the vault's keys and the processes that have them, for those who rotate them."""

from datetime import datetime

from foundation.auth.key_life import key_status
from foundation.auth.processes import alive
from foundation.builtin.system.permissions import READ_KEYS
from foundation.http.context import Context
from foundation.http.models import View
from foundation.http.router import Router
from foundation.plugins.registry import plugin_tables
from foundation.plugins.running import running


class KeyView(View):
    """One key: its fingerprint names its bytes and tells nothing about them."""

    kid: str
    fingerprint: str
    state: str
    values: int
    created_at: datetime
    activated_at: datetime | None
    retired_at: datetime | None


class ProcessView(View):
    """One process that is alive, and the keys it has."""

    name: str
    kids: list[str]
    active: str


class KeysView(View):
    """Every key the database knows, oldest first, and every process that is alive."""

    keys: list[KeyView]
    processes: list[ProcessView]


keys = Router("keys")


@keys.get("/", needs=READ_KEYS)
async def get_keys(ctx: Context) -> KeysView:
    """Return the state of the vault's keys."""
    tables = plugin_tables(ctx.get(running).registry)
    return KeysView(
        keys=[
            KeyView(
                kid=key.kid,
                fingerprint=key.fingerprint,
                state=key.state,
                values=key.values,
                created_at=key.created_at,
                activated_at=key.activated_at,
                retired_at=key.retired_at,
            )
            for key in await key_status(ctx.db, tables)
        ],
        processes=[
            ProcessView(name=process.name, kids=list(process.kids), active=process.active)
            for process in await alive(ctx.db)
        ],
    )
