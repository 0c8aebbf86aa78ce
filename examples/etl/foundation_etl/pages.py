"""The page of sources, with the rows of each below it, drawn by the shell."""

from foundation.sdk import Action, Column, Filter, Resource, Tab
from foundation_etl.permissions import LOAD, READ, WRITE
from foundation_etl.schemas import NewSource, SourceChange

ROWS = Resource(
    name="row",
    plural="rows",
    path="/etl/{id}/rows",
    title_field="number",
    key="number",
    needs=READ,
    columns=(
        Column("number", "Row", format="number", width="xs"),
        Column("data", "Values", format="json", width="fill"),
    ),
    empty="Nothing loaded yet.",
)

SOURCE = Resource(
    name="source",
    plural="sources",
    path="/etl",
    title_field="name",
    needs=READ,
    columns=(
        Column("name", "Name", width="fill"),
        Column("kind", "Kind", badge={"csv": "neutral", "postgres": "info"}),
        Column("row_count", "Rows", format="number", hide_below="sm"),
        Column("loaded_at", "Loaded", format="datetime", hide_below="sm"),
    ),
    filters=(Filter("kind", "Kind", "enum", (("csv", "CSV"), ("postgres", "PostgreSQL"))),),
    search=True,
    detail=(
        Column("kind", "Kind", badge={"csv": "neutral", "postgres": "info"}),
        Column("content", "CSV or query", format="code"),
        Column("row_count", "Rows", format="number"),
        Column("loaded_at", "Loaded", format="datetime"),
    ),
    create=NewSource,
    edit=SourceChange,
    actions=(
        Action(id="load", title="Load now", method="POST", path="/{id}/load", needs=LOAD),
        Action(
            id="delete",
            title="Delete source",
            method="DELETE",
            path="/{id}",
            needs=WRITE,
            danger=True,
            confirm="Its rows go with it, and cannot be brought back.",
        ),
    ),
    tabs=(Tab("Rows", ROWS),),
    empty="No source yet.",
    live="etl.source",
)
