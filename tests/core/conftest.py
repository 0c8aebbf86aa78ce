"""What many tests of core need: a clock to move, people, and a Valkey that can be stopped."""

import base64
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.auth import repository
from foundation.auth.permissions import Role
from foundation.db.engine import Database
from foundation.secret import Secret
from foundation.settings import Settings

from ..valkey_server import Valkey

SECRET_KEY = Secret(base64.b64encode(b"s" * 32).decode())
DEPLOYMENT = UUID(int=1)


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    folder = tmp_path / "valkey"
    folder.mkdir()
    server = Valkey(folder)
    yield server
    server.stop()


@dataclass
class FakeClock:
    """A clock that stands still until it is moved."""

    time: datetime = field(default_factory=lambda: datetime.now(UTC))

    def now(self) -> datetime:
        return self.time

    def move(self, **by: float) -> None:
        self.time += timedelta(**by)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def make_settings(**given: Any) -> Settings:
    needed: dict[str, Any] = {
        "environment": "development",
        "public_url": "http://localhost:3000",
        "database_url": "postgresql://nowhere/none",
        "secret_key": SECRET_KEY,
        "oidc_issuer": "http://127.0.0.1:1",
        "oidc_client_id": "foundation",
        "oidc_client_secret": "the-client-secret",
        "provisioning": "jit",
    }
    return Settings(**(needed | given))


@pytest.fixture
async def core_database(core_database_url: Secret) -> AsyncIterator[Database]:
    database = Database(core_database_url, application_name="foundation/tests")
    yield database
    await database.dispose()


async def add_user(
    database: Database, *, subject: str = "ada", roles: tuple[str, ...] = ()
) -> UUID:
    """Put a user and their roles into the database, as an audited change."""
    async with database.transaction() as db:
        user, _ = await repository.find_or_add_user(
            db, id=ids.uuid7(), issuer="https://id.example.org", subject=subject
        )
        user.name, user.email = subject.title(), f"{subject}@example.org"
        for role in roles:
            await repository.replace_local_role(db, user.id, role=Role(role), by=None)
        await audited(db)
        return user.id


async def audited(db: AsyncSession) -> None:
    """Say to the database's guard that this change was recorded."""
    await db.flush()
    await db.execute(
        text("SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)")
    )


class Kit:
    """Functions of this file for tests, which cannot import it."""

    add_user = staticmethod(add_user)
    audited = staticmethod(audited)
    make_settings = staticmethod(make_settings)
    secret_key = SECRET_KEY
    deployment = DEPLOYMENT


@pytest.fixture
def kit() -> type[Kit]:
    return Kit
