"""Two plugins with tables that point to core's people, each in two releases; and the ETL example."""

from .foundation_process import ROOT
from .wheels import Wheel

PLUGIN = '''"""{title}: what somebody keeps."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.sdk import (
    Context, Detail, EventType, Manifest, NavEntry, Page, Permission, Placeholder, Request, Role,
    Router, Tables, VersionedRow, View, core, hook, metadata_for,
)

manifest = Manifest(id="{id}", title="{title}", api=">=1.0,<2")
READ = Permission("{id}:item:read", "Read", roles=frozenset({{Role.VIEWER}}))
WRITE = Permission("{id}:item:write", "Write", roles=frozenset({{Role.OPERATOR}}))


class Base(DeclarativeBase):
    metadata = metadata_for("{id}")


class Item(VersionedRow, Base):
    __tablename__ = "items"

    name: Mapped[str]
    keeper: Mapped[UUID | None] = mapped_column(
        ForeignKey(core.users.c.id, ondelete="{ondelete}"), default=None
    )
    {column}


class Kept(Detail):
    name: str


class New(Request):
    name: str


class ItemView(View):
    name: str
    {field}


kept = EventType("{id}.item.kept", "Item kept", Kept)
items = Router("{id}")


@items.get("/", needs=READ)
async def look(ctx: Context) -> Page[ItemView]:
    rows = await ctx.db.scalars(select(Item).order_by(Item.name))
    return Page(items=[ItemView.model_validate(row, from_attributes=True) for row in rows])


@items.post("/", needs=WRITE, status=201)
async def keep(ctx: Context, body: New) -> ItemView:
    row = Item(name=body.name, keeper=ctx.principal.id)
    ctx.db.add(row)
    ctx.record(kept(name=body.name))
    await ctx.db.flush()
    return ItemView.model_validate(row, from_attributes=True)


@hook
def permissions() -> list[Permission]:
    return [READ, WRITE]


@hook
def routers() -> list[Router]:
    return [items]


@hook
def tables() -> Tables:
    return Tables(Base.metadata, Path(__file__).parent / "versions")


@hook
def audit_events() -> list[EventType]:
    return [kept]


@hook
def navigation() -> list[NavEntry]:
    return [NavEntry("{id}", "{title}", "box", READ, Placeholder("What is kept", ""))]
'''

FIRST = '''"""The first table."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{id}_00000001", None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "items",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("keeper", sa.Uuid, sa.ForeignKey("foundation.users.id", ondelete="{ondelete}")),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", moment, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", moment, nullable=False, server_default=sa.func.now()),
        schema="{id}",
    )
    op.execute("SELECT foundation.guard_table('{id}.items')")


def downgrade() -> None:
    op.drop_table("items", schema="{id}")
'''

SECOND = '''"""A colour for each item."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{id}_00000002", "{id}_00000001"


def upgrade() -> None:
    colour = sa.Column("colour", sa.String, nullable=False, server_default="grey")
    op.add_column("items", colour, schema="{id}")


def downgrade() -> None:
    op.drop_column("items", "colour", schema="{id}")
'''


ON_DELETE = {"forks": "SET NULL", "spoons": "CASCADE"}
"""What becomes of an item when its keeper's account is deleted."""


def keeping(id: str, *, release: int) -> Wheel:
    """Return release 1 or 2 of a plugin such as "forks"; the second gives each item a colour."""
    given = {
        "id": id,
        "title": id.capitalize(),
        "ondelete": ON_DELETE.get(id, "SET NULL"),
        "column": "",
        "field": "",
    }
    files = {"versions/first.py": FIRST.format(**given)}
    if release == 2:
        given |= {
            "column": 'colour: Mapped[str] = mapped_column(server_default="grey", default="grey")',
            "field": "colour: str",
        }
        files["versions/second.py"] = SECOND.format(**given)
    return Wheel(id, {"plugin.py": PLUGIN.format(**given), **files}, f"{release}.0")


def etl(more: str = "", version: str = "0.1.0") -> Wheel:
    """Return the ETL example, with *more* at the end of its plugin.py."""
    package = ROOT / "examples" / "etl" / "foundation_etl"
    sources = [path for path in package.rglob("*") if path.suffix in {".py", ".typed"}]
    files = {str(path.relative_to(package)): path.read_text("utf-8") for path in sources}
    return Wheel("etl", files | {"plugin.py": files["plugin.py"] + more}, version)


CORE_REVISION = '''"""What the next release of core adds to its people."""

import sqlalchemy as sa
from alembic import op

revision, down_revision = "{revision}", "{after}"


def upgrade() -> None:
    op.add_column("users", sa.Column("nickname", sa.String), schema="foundation")


def downgrade() -> None:
    op.drop_column("users", "nickname", schema="foundation")
'''
