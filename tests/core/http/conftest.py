"""A small product to try the edge on: a real database, one table, and whoever a test wants to be."""

import hashlib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation import ids
from foundation.audit.events import Detail, EventType
from foundation.audit.record import Recorder, declared
from foundation.auth.permissions import Permission
from foundation.auth.principal import ANONYMOUS, Principal, SessionRef
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.db.model import metadata_for
from foundation.http.context import Context
from foundation.http.edge import Edge
from foundation.http.headers import api_headers
from foundation.http.models import Request, View
from foundation.http.mount import mount
from foundation.http.plan import plans
from foundation.http.router import Router
from foundation.testing.client import Client

READ = Permission("things:thing:read", "Read things")
WRITE = Permission("things:thing:write", "Change things")


class Made(Detail):
    name: str


MADE = EventType("things.thing.made", "Thing made", Made)


class Base(DeclarativeBase):
    metadata = metadata_for("things")


class Thing(Base):
    __tablename__ = "things"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.uuid7)
    name: Mapped[str] = mapped_column(unique=True)


class NoServices:
    """What a plugin without ports, settings and keys has."""

    def get(self, ctx, port):
        raise AssertionError(port)

    def find(self, ctx, port):
        return None

    def settings(self, plugin, model):
        raise AssertionError(plugin)

    def keyring(self, plugin):
        raise AssertionError(plugin)


def person(*permissions: Permission, age: timedelta = timedelta(0)) -> Principal:
    """Somebody who signed in *age* ago and holds *permissions*."""
    now = datetime.now(UTC)
    session = SessionRef(ids.uuid7(), auth_time=now - age, expires_at=now + timedelta(days=1))
    names = frozenset(permission.name for permission in permissions)
    return Principal("user", ids.uuid7(), "Ada", permissions=names, session=session)


@dataclass
class Product:
    """Routers of a test, mounted on a real database, asked by *principal*."""

    database: Database
    principal: Principal = ANONYMOUS
    limit_s: float = 20.0
    sync: str = "off"
    bearers: dict[str, Principal] = field(default_factory=dict)

    async def identify(self, cookies, bearer):
        return self.principal if bearer is None else self.bearers[bearer]

    @property
    def edge(self) -> Edge:
        return Edge(
            database=self.database,
            identify=self.identify,
            services=NoServices(),
            recorder=Recorder(declared([MADE]), SystemClock(), "1.2.3"),
            clock=SystemClock(),
            public_origin="http://localhost:3000",
            headers=api_headers(is_https=False),
            fingerprint=lambda asked: hashlib.sha256(asked).digest(),
            limit_s=self.limit_s,
            sync=self.sync,
        )

    def client(self, *routers: Router) -> Client:
        return Client(mount(plans([("things", router) for router in routers]), self.edge))

    def seen_by(self, principal: Principal) -> "Product":
        return replace(self, principal=principal)

    async def things(self) -> list[str]:
        async with self.database.reading() as db:
            return list(await db.scalars(text("SELECT name FROM things.things ORDER BY name")))

    async def events(self) -> list[str]:
        async with self.database.reading() as db:
            asked = text("SELECT type FROM foundation.audit_log ORDER BY occurred_at, event_id")
            return list(await db.scalars(asked))

    async def cut(self) -> None:
        """Let the connection that the next request gets be a dead one."""
        await cut(self.database)

    async def run(self, sql: str) -> None:
        async with self.database.transaction() as db:
            await db.execute(text(sql))


async def cut(database: Database) -> None:
    """Let the connection of *database* that is taken next be a dead one."""
    async with database.reading() as db:
        pid = await db.scalar(text("SELECT pg_backend_pid()"))
        async with database.reading() as other:
            await other.execute(text(f"SELECT pg_terminate_backend({pid})"))


@pytest.fixture
async def product(core_database_url):
    """The product on a database with core's tables and one table of things."""
    database = Database(core_database_url, application_name="foundation/tests")
    product = Product(database, person(READ, WRITE))
    await product.run("CREATE SCHEMA things")
    await product.run("CREATE TABLE things.things (id uuid PRIMARY KEY, name text UNIQUE NOT NULL)")
    yield product
    await database.dispose()


async def make(ctx: Context, name: str) -> Thing:
    """Make a thing and say so."""
    thing = Thing(name=name)
    ctx.db.add(thing)
    await ctx.db.flush()
    ctx.record(MADE(name=name))
    return thing


class New(Request):
    name: str


class Said(View):
    text: str


def creating() -> Router:
    """A router that makes a thing."""
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context, body: New) -> Said:
        await make(ctx, body.name)
        return Said(text=body.name)

    return router


class Driver(Exception):
    """An error as the driver raises it."""

    def __init__(self, sqlstate):
        self.sqlstate = sqlstate


def fault(sqlstate, *, lost=False):
    return DBAPIError("UPDATE", {}, Driver(sqlstate), connection_invalidated=lost)
