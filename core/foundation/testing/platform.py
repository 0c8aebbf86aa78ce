"""A Foundation with some plugins only, on a database of its own: what a plugin's tests start."""

import base64
from collections.abc import Sequence
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foundation.app import App, running
from foundation.clock import Clock
from foundation.db.history import Owner
from foundation.plugins.loader import load
from foundation.plugins.registry import required_ids
from foundation.ports import Port
from foundation.secret import Secret
from foundation.settings import PluginChoice, read_settings
from foundation.testing import stand_ins
from foundation.testing.postgres import TestServer
from foundation.testing.site import announce, on_path

_KEY = base64.b64encode(bytes(range(32))).decode()


class NoSuchPlugin(Exception):
    """A test names a plugin that is not installed."""


def environ_of(folder: Path, url: Secret) -> dict[str, str]:
    """Return the environment of a Foundation for one test, with its files in *folder*."""
    ring = folder / "keyring"
    if not ring.exists():
        ring.write_text(f"test {_KEY}\nactive test\n")
        ring.chmod(0o400)
    return {
        "FOUNDATION_PUBLIC_URL": "http://localhost:3000",
        "FOUNDATION_DATABASE_URL": url.reveal(),
        "FOUNDATION_DATA": str(folder / "data"),
        "FOUNDATION_SECRET_KEY": _KEY,
        "FOUNDATION_KEYRING_FILE": str(ring),
        "FOUNDATION_PLUGIN_ROLES": "trust",  # a viewer of a test holds what the plugin proposes
        "FOUNDATION_OIDC_ISSUER": "http://localhost:9",
        "FOUNDATION_OIDC_CLIENT_ID": "foundation",
        "FOUNDATION_OIDC_CLIENT_SECRET": "a secret of the tests",
    }


@dataclass(slots=True)
class Migrate:
    """Makes databases with core's tables and those of some plugins."""

    server: TestServer
    folder: Path
    made: list[Secret] = field(default_factory=list)

    async def __call__(self, *ids: str) -> Secret:
        """Return the address of a fresh database, migrated for *ids* and what they require."""
        return await self.create(owners_of(self.folder, ids))

    async def create(self, owners: Sequence[Owner]) -> Secret:
        """Return the address of a fresh database with the tables of *owners*."""
        url = await self.server.create(owners)
        self.made.append(url)
        return url

    async def close(self) -> None:
        """Drop them all."""
        for url in self.made:
            await self.server.drop(url)


@dataclass(slots=True)
class Platform:
    """Starts Foundations: ``app = await platform("inventory")``.

    Only the named plugins load, with those they require; one that does not start, or a part
    that is refused, fails the test with the reason.
    """

    migrate: Migrate
    clock: Clock
    folder: Path
    fakes: stand_ins.Given = field(default_factory=dict)
    stack: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def __call__(self, *ids: str, **settings: str) -> App:
        """Return a running Foundation; *settings* are more variables of its environment."""
        wanted, owners = _wanted(self.folder, ids)
        given = settings.get("FOUNDATION_DATABASE_URL")
        url = Secret(given) if given else await self.migrate.create(owners)
        environ = environ_of(self.folder, url) | settings
        if self.fakes:
            self._stand_in()
            wanted = (*wanted, stand_ins.manifest.id)
        environ.setdefault("FOUNDATION_PLUGINS_MODE", "strict")
        environ |= {
            "FOUNDATION_PLUGINS_AUTOLOAD": "listed",
            "FOUNDATION_PLUGINS_ENABLED": ",".join(wanted),
        }
        return await self.stack.enter_async_context(
            running(read_settings(environ), clock=self.clock, environ=environ)
        )

    async def stop(self) -> None:
        """Stop all that were started; the fixture does so at the end of a test."""
        await self.stack.aclose()

    def offer(self, port: Port[Any], fake: object) -> None:
        """Let *fake* be what is offered for *port* in every Foundation started from now on."""
        self.fakes[port] = fake

    def _stand_in(self) -> None:
        site = self.folder / "stand-ins"
        announce(site, "foundation-stand-ins", {stand_ins.manifest.id: stand_ins.__name__})
        found = ExitStack()
        found.enter_context(on_path(site))
        self.stack.callback(found.close)
        token = stand_ins.given.set(dict(self.fakes))
        self.stack.callback(_reset, token)


def _reset(token: Any) -> None:  # a token of ContextVar, whose class is generic in stubs only
    try:
        stand_ins.given.reset(token)
    except ValueError:  # the fixture is left in another context than the test's
        stand_ins.given.set({})


def with_required(folder: Path, ids: Sequence[str]) -> tuple[str, ...]:
    """Return *ids* and, before them, all that they require; raises `NoSuchPlugin`."""
    return _wanted(folder, ids)[0]


def owners_of(folder: Path, ids: Sequence[str]) -> list[Owner]:
    """Return whoever of *ids*, and of what they require, has tables."""
    return _wanted(folder, ids)[1]


def _wanted(folder: Path, ids: Sequence[str]) -> tuple[tuple[str, ...], list[Owner]]:
    """Do both with one look at what is installed."""
    registry = load(PluginChoice(data=folder / "data"), environ={}, dangerous={})
    found: dict[str, None] = {}

    def add(id: str) -> None:
        one = registry.find(id)
        if one is None:
            raise NoSuchPlugin(f"no plugin {id!r} is installed here")
        for other in required_ids(one.manifest):
            add(other)
        found[id] = None

    for id in ids:
        add(id)
    owners = {
        one.id: Owner(one.id, tables.metadata, tables.migrations)
        for one in registry.plugins
        if (tables := one.contributions.tables) is not None
    }
    return tuple(found), [owners[id] for id in found if id in owners]
