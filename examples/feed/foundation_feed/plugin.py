"""Feed: all that this plugin adds to Foundation."""

from pathlib import Path

from foundation.sdk import (
    Column,
    EventType,
    Job,
    Manifest,
    NavEntry,
    Permission,
    Resource,
    ResourcePage,
    Router,
    Tables,
    hook,
)
from foundation_feed import events, models
from foundation_feed.jobs import PULL_ROWS
from foundation_feed.permissions import PULL, READ
from foundation_feed.routes import feed

manifest = Manifest(id="feed", title="Feed", api=">=1.0,<2")


@hook
def permissions() -> list[Permission]:
    """Read and pull."""
    return [READ, PULL]


@hook
def tables() -> Tables:
    """Rows."""
    return Tables(models.Base.metadata, Path(__file__).parent / "migrations" / "versions")


@hook
def routers() -> list[Router]:
    """``/api/feed``."""
    return [feed]


@hook
def audit_events() -> list[EventType]:
    """What was pulled."""
    return [events.PULLED]


@hook
def jobs() -> list[Job]:
    """Pull rows, each night and on demand."""
    return [PULL_ROWS]


@hook
def navigation() -> list[NavEntry]:
    """The section Feed."""
    page = ResourcePage("row")
    return [NavEntry(section="feed", title="Feed", icon="workflow", needs=READ, page=page)]


@hook
def resources() -> list[Resource]:
    """The page: the shell draws the list from this."""
    return [
        Resource(
            name="row",
            plural="rows",
            path="/feed",
            title_field="text",
            needs=READ,
            columns=(
                Column("number", "Number"),
                Column("text", "Text", width="fill"),
                Column("created_at", "Pulled", format="datetime"),
            ),
            empty="Nothing is pulled yet: start the job Pull rows in the section Runs.",
            live="feed.row",
        )
    ]
