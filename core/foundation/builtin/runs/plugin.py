"""Runs: what is running, what ran, and how to start it, over all plugins."""

from collections.abc import Sequence

from foundation.audit.events import EventType
from foundation.auth.permissions import Permission
from foundation.builtin.runs import permissions as rights
from foundation.builtin.runs import routes
from foundation.builtin.runs import widgets as cards
from foundation.builtin.runs.scope import RunsOfProjects, RunsSeen
from foundation.http.router import Router
from foundation.live.topics import Topic
from foundation.plugins.contributions import Manifest, NavEntry, Offer, Services, Widget
from foundation.plugins.hookspecs import hook
from foundation.plugins.pages import BuiltinPage
from foundation.ports import project_access, project_runs, run_sight, runs
from foundation.runs import events

manifest = Manifest(id="runs", title="Runs", api=">=1.0,<2", owner="Foundation")


@hook
def permissions() -> Sequence[Permission]:
    """See, operate, schedule."""
    return rights.ALL


@hook
def routers() -> Sequence[Router]:
    """``/api/runs``."""
    return (routes.runs,)


@hook
def audit_events() -> Sequence[EventType]:
    """Every move of a run, and the life of a schedule."""
    return events.ALL


@hook
def navigation() -> Sequence[NavEntry]:
    """The section Runs."""
    return (
        NavEntry(
            section="runs",
            title="Runs",
            icon="terminal",
            needs=rights.READ,
            page=BuiltinPage("runs"),
            group="main",
            weight=30,
            palette=("jobs", "schedules", "log"),
        ),
    )


@hook
def widgets() -> Sequence[Widget]:
    """What failed lately, what is under way, and the first run."""
    return cards.ALL


@hook
def services() -> Services:
    """Core's desk for runs, whose a project's runs are, how many it has, and what one follows."""
    return Services(
        offers=(Offer(project_runs, RunsOfProjects), Offer(run_sight, RunsSeen)),
        needs=(runs,),
        wants=(project_access,),
        topics=(Topic("runs.run", rights.READ), Topic("runs.schedule", rights.READ)),
    )
