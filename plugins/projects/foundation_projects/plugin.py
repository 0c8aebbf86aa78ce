"""Projects: all that this plugin adds to Foundation."""

from collections.abc import Sequence
from pathlib import Path

from foundation.ports import credential_directory, tally
from foundation.sdk import (
    EventType,
    Manifest,
    NavEntry,
    Offer,
    Permission,
    Resource,
    ResourcePage,
    Router,
    Services,
    Tables,
    hook,
)
from foundation_projects import events, models, pages
from foundation_projects import permissions as rights
from foundation_projects.routes import projects
from foundation_projects.service.figure import Figure

manifest = Manifest(
    id="projects",
    title="Projects",
    api=">=1.0,<2",
    after=("credentials",),
    owner="Foundation",
)


@hook
def permissions() -> Sequence[Permission]:
    """See, change, attach."""
    return rights.ALL


@hook
def tables() -> Tables:
    """Projects."""
    return Tables(models.Base.metadata, Path(__file__).parent / "migrations" / "versions")


@hook
def routers() -> Sequence[Router]:
    """``/api/projects``."""
    return (projects,)


@hook
def audit_events() -> Sequence[EventType]:
    """What happens to projects."""
    return events.ALL


@hook
def navigation() -> Sequence[NavEntry]:
    """The section Projects."""
    return (
        NavEntry(
            section="projects",
            title="Projects",
            icon="folder-kanban",
            needs=rights.READ,
            page=ResourcePage("project"),
            group="main",
            weight=20,
        ),
    )


@hook
def resources() -> Sequence[Resource]:
    """The page of projects, with the attached credentials below each."""
    return (pages.PROJECT,)


@hook
def services() -> Services:
    """A figure for the dashboard; credentials, if a plugin offers them: projects work without."""
    return Services(offers=(Offer(tally("projects"), Figure),), wants=(credential_directory,))
