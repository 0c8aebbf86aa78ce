"""Credentials: all that this plugin adds to Foundation."""

from collections.abc import Sequence
from pathlib import Path

from foundation.ports import credential_directory, credential_vault, tally
from foundation.sdk import (
    EventType,
    Frontend,
    HealthCheck,
    Job,
    Manifest,
    ModulePage,
    NavEntry,
    Offer,
    PaletteCommand,
    Permission,
    PluginSettings,
    Router,
    Services,
    Tables,
    Widget,
    hook,
)
from foundation_credentials import events, models
from foundation_credentials import permissions as rights
from foundation_credentials import widgets as cards
from foundation_credentials.jobs import UPKEEP
from foundation_credentials.routes import creds
from foundation_credentials.service import due, rollback
from foundation_credentials.service.directory import Directory
from foundation_credentials.service.figure import Figure
from foundation_credentials.service.use import Vault
from foundation_credentials.settings import CredentialsSettings

manifest = Manifest(id="credentials", title="Credentials", api=">=1.0,<2", owner="Foundation")

HERE = Path(__file__).parent


@hook
def permissions() -> Sequence[Permission]:
    """See, change, reveal, grant."""
    return rights.ALL


@hook
def settings() -> type[PluginSettings]:
    """Which hosts of this network credentials may reach."""
    return CredentialsSettings


@hook
def tables() -> Tables:
    """Credentials, sealed values, uses."""
    return Tables(models.Base.metadata, HERE / "migrations" / "versions")


@hook
def routers() -> Sequence[Router]:
    """``/api/creds``."""
    return (creds,)


@hook
def audit_events() -> Sequence[EventType]:
    """What happens to credentials and their values."""
    return events.ALL


@hook
def navigation() -> Sequence[NavEntry]:
    """The section Credentials."""
    return (
        NavEntry(
            section="credentials",
            title="Credentials",
            icon="key-round",
            needs=rights.READ,
            page=ModulePage(),
            group="main",
            weight=10,
            commands=(PaletteCommand("New credential", "new"),),
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
def jobs() -> Sequence[Job]:
    """Destroy what was deleted, remind of what expires."""
    return (UPKEEP,)


@hook
def health_checks() -> Sequence[HealthCheck]:
    """Whether something is overdue, and whether somebody put older values back."""
    return (
        HealthCheck("due", "Nothing is overdue", due.health, every_s=60),
        HealthCheck("values", "The newest values hold", rollback.health, every_s=3600),
    )


@hook
def widgets() -> Sequence[Widget]:
    """What wants doing with credentials, and the first one."""
    return cards.ALL


@hook
def services() -> Services:
    """Which credentials there are, and their values for plugins that were granted them."""
    return Services(
        offers=(
            Offer(credential_directory, Directory),
            Offer(credential_vault, Vault),
            Offer(tally("credentials"), Figure),
        )
    )
