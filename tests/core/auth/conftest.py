"""The parts of sign-in put together on real stores, with a provider that can lie or is near."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from joserfc.jwk import RSAKey

from foundation.auth import repository
from foundation.auth.oidc.flow import OidcProvider
from foundation.auth.oidc.wire import Pool
from foundation.auth.permissions import Permission, Role
from foundation.auth.person import Person
from foundation.auth.principal import ANONYMOUS, Principal
from foundation.auth.service import Browser, Identity
from foundation.auth.sessions import COOKIE, Sessions
from foundation.auth.signin import Back, SignIn
from foundation.auth.transaction import Transaction
from foundation.cache import Cache, NoCache
from foundation.crypto.derive import AppSecret
from foundation.db.engine import Database
from foundation.settings import Settings

from .lying_provider import LyingProvider, lying_provider

READ = Permission("x:thing:read", "Read", roles=frozenset({Role.VIEWER}))
WRITE = Permission("x:thing:write", "Write")


@pytest.fixture(scope="session")
def rsa_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "k1", "use": "sig", "alg": "RS256"})


@pytest.fixture(scope="session")
def other_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "k2", "use": "sig", "alg": "RS256"})


@pytest.fixture
def lying(rsa_key: RSAKey, clock: Any) -> Iterator[LyingProvider]:
    with lying_provider(rsa_key, clock) as lying:
        yield lying


@pytest.fixture
def settings(lying: LyingProvider, kit: Any) -> Settings:
    return kit.make_settings(oidc_issuer=lying.issuer)


@pytest.fixture
def secret(kit: Any) -> AppSecret:
    return AppSecret(kit.secret_key, deployment=kit.deployment)


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    """Connections to the provider that are closed and not left to the collector."""
    pool = Pool()
    yield pool
    await pool.close()


@pytest.fixture
async def provider(settings: Settings, clock: Any) -> AsyncIterator[OidcProvider]:
    provider = OidcProvider(settings, clock=clock)
    yield provider
    await provider.close()


@pytest.fixture
def signin(settings: Settings, provider: OidcProvider, secret: AppSecret, clock: Any) -> SignIn:
    return SignIn(settings, provider=provider, secret=secret, clock=clock)


@pytest.fixture
def make_sessions(
    core_database: Database, secret: AppSecret, clock: Any, kit: Any
) -> Callable[[Cache], Sessions]:
    def make(cache: Cache) -> Sessions:
        return Sessions(
            database=core_database,
            cache=cache,
            secret=secret,
            deployment=kit.deployment,
            clock=clock,
        )

    return make


@pytest.fixture
def sessions(make_sessions: Callable[[Cache], Sessions]) -> Sessions:
    return make_sessions(NoCache())


@pytest.fixture
async def user_id(core_database: Database, kit: Any) -> UUID:
    return await kit.add_user(core_database, roles=("viewer",))


@dataclass
class Starter:
    """Starts sessions in transactions of their own."""

    database: Database
    clock: Any
    user_id: UUID

    async def __call__(self, sessions: Sessions, **given: Any) -> str:
        async with self.database.transaction() as db:
            token, _ = await sessions.start(
                db,
                **(
                    {
                        "user_id": self.user_id,
                        "issuer": "https://id.example.org",
                        "sid": None,
                        "auth_time": self.clock.now(),
                        "roles": ["viewer"],
                        "address": "192.0.2.1",
                        "browser": "test",
                        "id_token": "an.id.token",
                    }
                    | given
                ),
            )
        return token


@pytest.fixture
def start(core_database: Database, clock: Any, user_id: UUID) -> Starter:
    return Starter(core_database, clock, user_id)


class NearProvider:
    """A provider that never has to be asked."""

    problem = None
    closed = False

    async def logout_url(self, *, id_token, back, state):
        return f"https://id.example.org/logout?hint={id_token}&back={back}"

    async def close(self):
        self.closed = True


@pytest.fixture
def near() -> NearProvider:
    return NearProvider()


@pytest.fixture
def identity(settings, sessions, near, secret, clock) -> Identity:
    return Identity(
        settings,
        sessions=sessions,
        signin=SignIn(settings, provider=near, secret=secret, clock=clock),
        provider=near,
        permissions=(READ, WRITE),
        clock=clock,
    )


def back(clock, *, subject="ada", purpose="sign_in", session_hash="", ago_s=0, told=True) -> Back:
    transaction = Transaction(
        state="s", nonce="n", verifier="v", next="/", purpose=purpose,
        session_hash=session_hash, issued_at=clock.now(),
    )  # fmt: skip
    person = Person(
        issuer="https://id.example.org",
        subject=subject,
        name=subject.title(),
        email=f"{subject}@example.org",
        auth_time=clock.now() - timedelta(seconds=ago_s) if told else None,
        sid=None,
        id_token="the.id.token",
    )
    return Back(transaction, person)


@pytest.fixture
def arrive(core_database, identity, clock, kit):
    async def arrive(*, cookie="", principal=ANONYMOUS, **given):
        cookies = {COOKIE: cookie} if cookie else {}
        async with core_database.transaction() as db:
            arrived = await identity.arrive(
                db,
                back(clock, **given),
                browser=Browser(cookies, "192.0.2.1", "test"),
                principal=principal,
            )
            await kit.audited(db)
        return arrived

    return arrive


@pytest.fixture
def who(core_database, identity):
    async def who(cookie: str, bearer: str | None = None) -> Principal:
        return await identity.identify(core_database.reading, {COOKIE: cookie}, bearer)

    return who


@pytest.fixture
async def staff(core_database, kit):
    """One admin who acts, and two others."""
    return {
        name: await kit.add_user(core_database, subject=name, roles=(role,))
        for name, role in (("ada", "admin"), ("grace", "admin"), ("vera", "viewer"))
    }


@pytest.fixture
def act(core_database, identity, staff, kit):
    async def act(whom, *, by="ada", **change):
        actor = Principal("user", staff[by], permissions=frozenset({READ.name, WRITE.name}))
        async with core_database.transaction() as db:
            user = await repository.find_user(db, staff[whom])
            if "enabled" in change:
                await identity.set_enabled(db, user, by=actor, **change)
            else:
                await identity.give_role(db, user, by=actor, **change)
            await kit.audited(db)

    return act
