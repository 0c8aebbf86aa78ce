"""Audit: all that this plugin adds to Foundation."""

from collections.abc import Sequence
from pathlib import Path

from foundation.ports import TRAIL_EVENTS, activity, evidence, handout, runs, trail
from foundation.sdk import (
    EventType,
    Frontend,
    Job,
    Manifest,
    ModulePage,
    NavEntry,
    Permission,
    Router,
    Services,
    Tables,
    Topic,
    Widget,
    hook,
)
from foundation_audit import events, models
from foundation_audit import widgets as cards
from foundation_audit.jobs import EXPORT_TRAIL
from foundation_audit.permissions import EXPORT, READ
from foundation_audit.routes import audit

HERE = Path(__file__).parent

manifest = Manifest(id="audit", title="Audit", api=">=1.0,<2", owner="Foundation")


@hook
def permissions() -> Sequence[Permission]:
    """Read the trail and take it out; nobody writes it but core."""
    return (READ, EXPORT)


@hook
def routers() -> Sequence[Router]:
    """``/api/audit``."""
    return (audit,)


@hook
def audit_events() -> Sequence[EventType]:
    """What the trail says of itself, and what this section does."""
    return (*TRAIL_EVENTS, *events.ALL)


@hook
def tables() -> Tables:
    """The filters that people keep."""
    return Tables(models.Base.metadata, HERE / "migrations" / "versions")


@hook
def jobs() -> Sequence[Job]:
    """Take out more than fits in one answer."""
    return (EXPORT_TRAIL,)


@hook
def navigation() -> Sequence[NavEntry]:
    """The section Audit."""
    return (
        NavEntry(
            section="audit",
            title="Audit",
            icon="scroll-text",
            needs=READ,
            page=ModulePage(),
            group="admin",
            weight=10,
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
    """How much happened on each day, and what one did oneself."""
    return cards.ALL


@hook
def services() -> Services:
    """The trail that core keeps, its proofs, and its tail."""
    return Services(
        needs=(trail, activity, evidence, handout, runs),
        topics=(Topic("audit", READ),),
    )
