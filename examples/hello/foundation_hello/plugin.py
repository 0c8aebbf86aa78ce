"""Hello: all that this plugin adds to Foundation."""

from pathlib import Path

from foundation.sdk import (
    Action,
    Column,
    EventType,
    Manifest,
    NavEntry,
    Permission,
    Resource,
    ResourcePage,
    Router,
    Tables,
    hook,
)
from foundation_hello import events, models
from foundation_hello.permissions import READ, WRITE
from foundation_hello.routes import hello
from foundation_hello.schemas import NewNote

manifest = Manifest(id="hello", title="Hello", api=">=1.0,<2")


@hook
def permissions() -> list[Permission]:
    """Read and write."""
    return [READ, WRITE]


@hook
def tables() -> Tables:
    """Notes."""
    return Tables(models.Base.metadata, Path(__file__).parent / "migrations" / "versions")


@hook
def routers() -> list[Router]:
    """``/api/hello``."""
    return [hello]


@hook
def audit_events() -> list[EventType]:
    """What happens to notes."""
    return [events.WRITTEN, events.DELETED]


@hook
def navigation() -> list[NavEntry]:
    """The section Hello."""
    page = ResourcePage("note")
    return [NavEntry(section="hello", title="Hello", icon="file-text", needs=READ, page=page)]


@hook
def resources() -> list[Resource]:
    """The page: the shell draws list, detail and forms from this."""
    return [
        Resource(
            name="note",
            plural="notes",
            path="/hello",
            title_field="title",
            needs=READ,
            columns=(
                Column("title", "Title", width="fill"),
                Column("created_at", "Written", format="datetime"),
            ),
            detail=(Column("body", "Text"), Column("created_at", "Written", format="datetime")),
            create=NewNote,
            actions=(
                Action(
                    "delete",
                    "Delete note",
                    "DELETE",
                    "/{id}",
                    WRITE,
                    danger=True,
                    confirm="It cannot be brought back.",
                ),
            ),
            empty="No note yet.",
        )
    ]
