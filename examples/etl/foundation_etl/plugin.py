"""ETL: all that this plugin adds to Foundation."""

from collections.abc import Sequence
from pathlib import Path

from foundation.ports import credential_vault
from foundation.sdk import (
    Command,
    EventType,
    Job,
    Manifest,
    NavEntry,
    Permission,
    Resource,
    ResourcePage,
    Router,
    Services,
    Tables,
    hook,
)
from foundation_etl import events, models, pages
from foundation_etl import permissions as rights
from foundation_etl.commands import IMPORT_CSV
from foundation_etl.jobs import LOAD_SOURCE
from foundation_etl.routes import etl

manifest = Manifest(id="etl", title="ETL", api=">=1.0,<2", after=("credentials",))


@hook
def permissions() -> Sequence[Permission]:
    """See, change, load."""
    return rights.ALL


@hook
def tables() -> Tables:
    """Sources and rows."""
    return Tables(models.Base.metadata, Path(__file__).parent / "migrations" / "versions")


@hook
def routers() -> Sequence[Router]:
    """``/api/etl``."""
    return (etl,)


@hook
def audit_events() -> Sequence[EventType]:
    """What happens to sources."""
    return events.ALL


@hook
def jobs() -> Sequence[Job]:
    """Load a source in a run."""
    return (LOAD_SOURCE,)


@hook
def commands() -> Sequence[Command]:
    """Bring in a file that lies on the host."""
    return (IMPORT_CSV,)


@hook
def navigation() -> Sequence[NavEntry]:
    """The section ETL: where this plugin is, the placeholder steps back."""
    return (
        NavEntry(
            section="etl",
            title="ETL",
            icon="workflow",
            needs=rights.READ,
            page=ResourcePage("source"),
            group="data",
            weight=10,
        ),
    )


@hook
def resources() -> Sequence[Resource]:
    """The page of sources, with the rows of each."""
    return (pages.SOURCE,)


@hook
def services() -> Services:
    """Credentials, if a plugin keeps them: CSV works without."""
    return Services(wants=(credential_vault,))
