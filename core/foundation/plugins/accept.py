"""From a plugin's answers to its contributions: every check passed, every name claimed."""

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.http.router import Router
from foundation.plugins.added import Contributions
from foundation.plugins.ask import Answers
from foundation.plugins.checks.commands import command_problems
from foundation.plugins.checks.events import event_problems
from foundation.plugins.checks.jobs import job_problems
from foundation.plugins.checks.navigation import navigation_problems
from foundation.plugins.checks.permissions import permission_problems
from foundation.plugins.checks.resources import resource_problems
from foundation.plugins.checks.routes import route_problems
from foundation.plugins.checks.services import service_problems
from foundation.plugins.checks.settings import (
    SettingsWrong,
    plugin_settings,
    stray_variables,
    variables_of,
)
from foundation.plugins.checks.subscriptions import subscription_problems
from foundation.plugins.checks.tables import table_problems
from foundation.plugins.checks.topics import topic_problems
from foundation.plugins.checks.widgets import widget_problems
from foundation.plugins.claims import Claims
from foundation.plugins.contributions import Frontend, Services
from foundation.plugins.pages import Placeholder
from foundation.plugins.preflight import Bundle, PageRefused, preflight
from foundation.plugins.registry import Refusal
from foundation.plugins.route_map import RouteMap
from foundation.plugins.scan import Installed
from foundation.plugins.settings import PluginSettings
from foundation.plugins.shared import SharedMap

EXPORTED_COLUMNS = frozenset({"users.id"})
"""The columns of core that ``foundation.sdk.core`` gives to foreign keys."""


class Unacceptable(Exception):
    """A plugin breaks the contract; the message lists everything that is wrong."""


@dataclass(frozen=True, slots=True)
class World:
    """What a plugin is judged by beside itself."""

    environ: Mapping[str, str]
    claims: Claims
    shell: SharedMap


def accept(
    one: Installed, answers: Answers, *, world: World
) -> tuple[Contributions, tuple[Refusal, ...]]:
    """Return what a plugin adds, and the parts of it that are refused.

    Claims its names when everything is right; raises `Unacceptable` and claims none otherwise.
    """
    settings, problems = _settings(one, answers, world)
    problems += _problems(one, answers, world)
    if problems:
        raise Unacceptable("; ".join(problems))
    bundle, refused = _bundle(one, answers.get("frontend"), world)
    added = Contributions(
        permissions=answers.get("permissions", ()),
        settings=settings,
        tables=answers.get("tables"),
        routers=tuple(_frozen(router) for router in answers.get("routers", ())),
        events=answers.get("audit_events", ()),
        navigation=answers.get("navigation", ()),
        resources=answers.get("resources", ()),
        bundle=bundle,
        services=answers.get("services", Services()),
        jobs=answers.get("jobs", ()),
        health_checks=answers.get("health_checks", ()),
        widgets=answers.get("widgets", ()),
        commands=answers.get("commands", ()),
        lifespan=answers.get("lifespan"),
        subscriptions=answers.get("on_event", ()),
    )
    _claim(one.id, added, world.claims)
    return added, refused


def _settings(
    one: Installed, answers: Answers, world: World
) -> tuple[PluginSettings | None, list[str]]:
    model = answers.get("settings")
    own = variables_of(one.id, model) if model else frozenset()
    strays = stray_variables(
        one.id,
        environ=world.environ,
        known=world.claims.variables.keys() | own,
        installed=world.claims.installed,
    )
    if model is None:
        return None, strays
    try:
        settings = plugin_settings(one.id, model, environ=world.environ, claims=world.claims)
    except SettingsWrong as wrong:
        return None, [*wrong.problems, *strays]
    if not strays:
        world.claims.variables.update(dict.fromkeys(own, one.id))
    return settings, strays


def _problems(one: Installed, answers: Answers, world: World) -> list[str]:
    """Ask every check; all problems are told at once."""
    permissions = answers.get("permissions", ())
    names = {permission.name for permission in permissions}
    routers = answers.get("routers", ())
    resources = answers.get("resources", ())
    tables = answers.get("tables")
    frontend: Frontend | None = answers.get("frontend")
    problems = [
        *permission_problems(one.id, permissions),
        *route_problems(
            one.id, routers, permissions=names, claims=world.claims, builtin=one.builtin
        ),
        *(table_problems(one.id, tables, exported=EXPORTED_COLUMNS) if tables else ()),
        *event_problems(one.id, answers.get("audit_events", ()), noted=world.claims.memory.details),
        *navigation_problems(
            answers.get("navigation", ()),
            permissions=names,
            resources=resources,
            modules=frontend.modules if frontend else (),
            frames=frontend.frames if frontend else (),
            claims=world.claims,
            asker=one.id,
            builtin=one.builtin,
        ),
        *job_problems(one.id, answers.get("jobs", ()), permissions=names),
        *subscription_problems(one.id, answers.get("on_event", ())),
        *command_problems(one.id, answers.get("commands", ())),
        *widget_problems(answers.get("widgets", ()), permissions=names),
        *service_problems(answers.get("services", Services()), claims=world.claims),
        *topic_problems(
            one.id, answers.get("services", Services()).topics, resources, permissions=names
        ),
    ]
    # A resource is read through its routes, so it is judged once those are right.
    if problems:
        return problems
    return resource_problems(resources, routes=RouteMap.of(routers), permissions=names)


def _bundle(
    one: Installed, frontend: Frontend | None, world: World
) -> tuple[Bundle | None, tuple[Refusal, ...]]:
    if frontend is None:
        return None, ()
    try:
        return preflight(one.id, frontend, dist=one.dist, shell=world.shell), ()
    except PageRefused as refused:
        return None, (Refusal("page", str(refused)),)


def _frozen(router: Router) -> Router:
    """Copy a router: what a plugin adds to its own later is in no worker's routes."""
    return Router(router.prefix, list(router.routes))


def _claim(id: str, added: Contributions, claims: Claims) -> None:
    for prefix in added.prefixes:
        claims.prefixes[prefix] = id
    for entry in added.navigation:
        if not isinstance(entry.page, Placeholder):
            claims.sections[entry.section] = id
    for offer in added.services.offers:
        claims.ports[offer.port.name, offer.port.major] = id
