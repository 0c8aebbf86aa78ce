"""A plugin in Python alone whose page says everything a page from data can say; it keeps its rows in memory."""

from .wheels import Wheel

PLUGIN = '''"""Stock: a page from data with everything in it."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from foundation.sdk import (
    Action, Column, Context, DetailGroup, Empty, Filter, Form, FormGroup, Manifest, Name, NavEntry,
    NotFound, Page, PageQuery, Permission, Request, Resource, ResourcePage, Role, Router, Tab,
    Versioned, View, hook, uuid7,
)

manifest = Manifest(id="stock", title="Stock", api=">=1.0,<2")
READ = Permission("stock:item:read", "Read stock", roles=frozenset({Role.VIEWER}))
WRITE = Permission("stock:item:write", "Change stock", roles=frozenset({Role.OPERATOR}))
stock = Router("stock")


class Money(View):
    amount: str
    currency: str


class Keeper(View):
    id: str
    name: str


class Item(Versioned):
    name: str
    kind: Literal["part", "tool"]
    price: Money
    keeper: Keeper
    size: int
    full: float
    loud: bool
    state: Literal["here", "gone"]
    note: str


class Line(View):
    id: str
    name: str


def looks(**ui: object) -> object:
    return Field(json_schema_extra={"x-ui": ui})


class Items(PageQuery):
    q: str | None = None
    sort: str | None = None
    kind: str | None = None
    loud: bool | None = None
    created_at_from: datetime | None = None
    created_at_to: datetime | None = None


class NewItem(Request):
    name: Annotated[Name, Field(title="Name")]
    kind: Annotated[Literal["part", "tool"], Field(title="Kind"), looks(widget="radio")]
    serial: Annotated[str, Field(title="Serial"), looks(showIf={"kind": "tool"})] = ""
    loud: Annotated[bool, Field(title="Loud"), looks(widget="switch")] = False
    size: Annotated[int, Field(title="Size", ge=1), looks(unit="bytes")] = 2048
    note: Annotated[str, Field(title="Note"), looks(widget="textarea")] = ""


class ChangedItem(Request):
    name: Annotated[Name, Field(title="Name")]
    note: Annotated[str, Field(title="Note"), looks(widget="textarea")] = ""


class Reason(Request):
    note: Annotated[str, Field(title="Note", min_length=3)]


class Chosen(Request):
    ids: list[UUID]


def made(number: int, name: str, **more: object) -> Item:
    now = datetime.now(UTC) - timedelta(days=number)
    given = {"kind": "part", "size": 2048 * number, "loud": False, "note": "", "state": "here"} | more
    return Item(
        id=uuid7(), version=1, created_at=now, updated_at=now, name=name,
        price=Money(amount="1234.5", currency="EUR"), keeper=Keeper(id="7", name="Kim Keeper"),
        full=0.25, **given,
    )


ROWS = {row.id: row for row in (made(n, f"Item {n}") for n in range(1, 4))}


def existing(id: UUID) -> Item:
    if id not in ROWS:
        raise NotFound("no such item")
    return ROWS[id]


def put(row: Item, **changes: object) -> Item:
    ROWS[row.id] = row.model_copy(update={**changes, "version": row.version + 1})
    return ROWS[row.id]


@stock.get("/", needs=READ)
async def items(ctx: Context, query: Items) -> Page[Item]:
    rows = [
        row for row in ROWS.values()
        if (query.q or "").lower() in row.name.lower()
        and query.kind in (None, row.kind) and query.loud in (None, row.loud)
        and (query.created_at_from is None or row.created_at >= query.created_at_from)
        and (query.created_at_to is None or row.created_at <= query.created_at_to)
    ]
    rows.sort(key=lambda row: row.name, reverse=query.sort == "-name")
    return Page(items=rows)


@stock.post("/", needs=WRITE, status=201)
async def make(ctx: Context, body: NewItem) -> Item:
    row = made(0, body.name, kind=body.kind, size=body.size, loud=body.loud, note=body.note)
    ROWS[row.id] = row
    return row


@stock.post("/count", needs=WRITE, status=204)
async def count(ctx: Context) -> None:
    """Count everything again."""


@stock.post("/mark", needs=WRITE, status=204)
async def mark(ctx: Context, body: Chosen) -> None:
    for id in body.ids:
        put(existing(id), note="marked")


@stock.get("/{id}", needs=READ)
async def item(ctx: Context, id: UUID) -> Item:
    return existing(id)


@stock.patch("/{id}", needs=WRITE)
async def change(ctx: Context, id: UUID, body: ChangedItem) -> Item:
    return put(existing(id), **body.model_dump(exclude_unset=True))


@stock.delete("/{id}", needs=WRITE)
async def drop(ctx: Context, id: UUID) -> None:
    ROWS.pop(existing(id).id)


@stock.post("/{id}/away", needs=WRITE)
async def away(ctx: Context, id: UUID) -> Item:
    return put(existing(id), state="gone")


@stock.post("/{id}/back", needs=WRITE)
async def back(ctx: Context, id: UUID) -> Item:
    return put(existing(id), state="here")


@stock.post("/{id}/note", needs=WRITE)
async def write_note(ctx: Context, id: UUID, body: Reason) -> Item:
    return put(existing(id), note=body.note)


@stock.get("/{id}/moves", needs=READ)
async def moves(ctx: Context, id: UUID) -> Page[Line]:
    return Page(items=[Line(id="1", name="Moved to the cellar")])


@stock.get("/{id}/checks", needs=READ)
async def checks(ctx: Context, id: UUID) -> Page[Line]:
    return Page(items=[Line(id="1", name="Checked in spring")])


@hook
def permissions() -> list[Permission]:
    return [READ, WRITE]


@hook
def routers() -> list[Router]:
    return [stock]


@hook
def navigation() -> list[NavEntry]:
    page = ResourcePage("item")
    return [NavEntry(section="stock", title="Stock", icon="box", needs=READ, page=page)]


def below(name: str, title: str) -> Tab:
    columns = (Column("name", "What"),)
    return Tab(title, Resource(name, f"{name}s", f"/stock/{{id}}/{name}s", "name", READ, columns))


@hook
def resources() -> list[Resource]:
    return [
        Resource(
            name="item", plural="items", path="/stock", title_field="name", needs=READ,
            columns=(
                Column("name", sortable=True, width="fill"),
                Column("kind"),
                Column("price", format="money"),
                Column("size", format="bytes"),
                Column("keeper", format="user"),
                Column("state", badge={"here": "good", "gone": "neutral"}),
            ),
            filters=(
                Filter("kind", type="enum", options=(("part", "Part"), ("tool", "Tool"))),
                Filter("loud", type="boolean"),
                Filter("created_at", "Made", type="datetime-range"),
            ),
            search=True,
            detail=(
                Column("note"), Column("id", format="code", copy=True),
                DetailGroup("Measures", (Column("size", format="bytes"), Column("full", format="percent"))),
            ),
            create=Form(
                NewItem,
                (FormGroup("What it is", ("kind", "serial")), FormGroup("More", ("size", "note"), advanced=True)),
            ),
            edit=ChangedItem,
            actions=(
                Action("note", "Write note", "POST", "/{id}/note", WRITE, form=Reason),
                Action("away", "Put away", "POST", "/{id}/away", WRITE, undo_path="/{id}/back", when={"state": "here"}),
                Action("drop", "Delete item", "DELETE", "/{id}", WRITE, danger=True,
                       confirm="It cannot be brought back.", type_to_confirm="name"),
                Action("all_away", "Put away", "POST", "/{id}/away", WRITE, scope="bulk",
                       undo_path="/{id}/back", when={"state": "here"}),
                Action("mark", "Mark", "POST", "/mark", WRITE, scope="bulk"),
                Action("count", "Count again", "POST", "/count", WRITE),
            ),
            tabs=(below("move", "Moves"), below("check", "Checks")),
            empty=Empty("Nothing in stock", "What you make appears here.", "/settings"),
        )
    ]
'''

STOCK = Wheel("stock", {"plugin.py": PLUGIN})
