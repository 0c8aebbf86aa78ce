"""Projects: all that this plugin adds to Foundation."""

from collections.abc import Sequence
from pathlib import Path

from foundation.ports import (
    credential_directory,
    people,
    project_access,
    project_runs,
    tally,
    trail,
)
from foundation.sdk import (
    EventType,
    Frontend,
    Manifest,
    ModulePage,
    NavEntry,
    Offer,
    PaletteCommand,
    Permission,
    Router,
    Services,
    Tables,
    Widget,
    hook,
)
from foundation_projects import events, models
from foundation_projects import permissions as rights
from foundation_projects import widgets as cards
from foundation_projects.routes import projects
from foundation_projects.service.access import Access
from foundation_projects.service.figure import Figure

HERE = Path(__file__).parent

manifest = Manifest(
    id="projects",
    title="Projects",
    api=">=1.0,<2",
    after=("credentials",),
    owner="Foundation",
)


@hook
def permissions() -> Sequence[Permission]:
    """Over one's own projects, and over every one."""
    return rights.ALL


@hook
def tables() -> Tables:
    """Projects and their members."""
    return Tables(models.Base.metadata, HERE / "migrations" / "versions")


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
            needs=rights.ENTER,
            page=ModulePage(),
            group="main",
            weight=20,
            commands=(PaletteCommand("New project", "new"),),
            find="/",
        ),
    )


@hook
def frontend() -> Frontend:
    """The page, built from ``ui/``."""
    return Frontend(
        directory=HERE / "ui",
        modules=("main.js",),
        styles=("main.css",),
        shared=(("react", "^19"),),
    )


@hook
def widgets() -> Sequence[Widget]:
    """The first project."""
    return cards.ALL


@hook
def services() -> Services:
    """Who may do what in which project; credentials and runs, if others offer them."""
    return Services(
        offers=(Offer(project_access, Access), Offer(tally("projects"), Figure)),
        needs=(people, trail),
        wants=(credential_directory, project_runs),
    )
