"""Audit: all that this plugin adds to Foundation."""

from collections.abc import Sequence
from pathlib import Path

from foundation.ports import trail
from foundation.sdk import (
    Frontend,
    Manifest,
    ModulePage,
    NavEntry,
    Permission,
    Router,
    Services,
    hook,
)
from foundation_audit.permissions import READ
from foundation_audit.routes import audit

manifest = Manifest(id="audit", title="Audit", api=">=1.0,<2", owner="Foundation")


@hook
def permissions() -> Sequence[Permission]:
    """Read the trail; nobody writes it but core."""
    return (READ,)


@hook
def routers() -> Sequence[Router]:
    """``/api/audit``."""
    return (audit,)


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
        directory=Path(__file__).parent / "ui",
        modules=("main.js",),
        styles=("main.css",),
        shared=(("react", "^19"),),
    )


@hook
def services() -> Services:
    """The trail that core keeps."""
    return Services(needs=(trail,))
