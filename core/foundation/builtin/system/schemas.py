"""What ``/api/plugins`` and ``/api/health`` answer."""

from typing import Any

from pydantic import RootModel

from foundation.http.models import View


class RefusedPart(View):
    """A part of a started plugin that is not used, and why."""

    part: str
    reason: str


class PublicRoute(View):
    """A route that anybody may call without signing in, with the reason its author gives."""

    method: str
    path: str
    reason: str


class PluginTable(View):
    """A table in a plugin's schema; *exact* is False where *rows* is the server's estimate."""

    name: str
    rows: int
    exact: bool


class PluginClaim(View):
    """A name the plugin holds: a prefix, section, permission, event, setting or port."""

    kind: str
    name: str


class PluginFault(View):
    """The last exception of a plugin at run time; the request's log line has the traceback."""

    at: str
    fault: str
    request_id: str


class QuarantinedPart(View):
    """A part that failed too often, and when one call tries it again."""

    part: str
    reason: str
    since: str
    probe_at: str


class PluginView(View):
    """One plugin as the Plugins page shows it.

    *reason* and *trace* tell why it does not work, *mend* is the command that helps; *start_ms*
    is what this worker's start spent on it, *enabled* the ledger's switch, *allowed* why its
    version is known bad when the settings have it run all the same.
    """

    id: str
    title: str
    dist: str
    version: str
    builtin: bool
    required: bool
    state: str
    reason: str | None
    mend: str | None
    trace: str | None
    since: str | None
    owner: str | None
    docs: str | None
    sections: list[str]
    prefixes: list[str]
    permissions: list[str]
    events: list[str]
    public: list[PublicRoute]
    refused: list[RefusedPart]
    start_ms: float
    enabled: bool
    allowed: str | None
    tables: list[PluginTable]
    claims: list[PluginClaim]
    quarantine: list[QuarantinedPart]
    last_fault: PluginFault | None


class Plugins(View):
    """Every plugin, in load order; core's own sections first, those long gone last."""

    items: list[PluginView]


class Rearmed(View):
    """The parts that were in quarantine and run again."""

    parts: list[str]


class HealthPart(View):
    """One part the service is made of; *detail* only for people who may read plugins."""

    name: str
    ok: bool
    required: bool
    detail: str | None


class HealthView(View):
    """Whether the service is ready, with one entry for each part."""

    live: bool
    ready: bool
    version: str
    parts: list[HealthPart]


class OpenApiDocument(RootModel[dict[str, Any]]):
    """The API described by itself, as OpenAPI 3.1."""
