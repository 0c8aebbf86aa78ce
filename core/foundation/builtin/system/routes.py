"""The routes of core's own pages: the shell, the plugins, health, and the API's description."""

import hashlib
from typing import Annotated

from foundation.auth.permissions import Public, SignedIn
from foundation.builtin.system.page_log import LARGEST, Pace, PageLine, write_page_line
from foundation.builtin.system.permissions import READ, REARM
from foundation.builtin.system.schemas import HealthView, OpenApiDocument, Plugins, Rearmed
from foundation.builtin.system.views import health_view, plugins_view
from foundation.errors import NotFound
from foundation.http.context import Context
from foundation.http.edge import actor_of
from foundation.http.reply import Reply
from foundation.http.router import Router
from foundation.plugins.estate import estates
from foundation.plugins.running import running
from foundation.plugins.shell import ShellQuery, ShellView, shell_view
from foundation.plugins.switch import rearm
from foundation.ports import api_description, readiness

shell = Router("shell")
plugins = Router("plugins")
health = Router("health")
openapi = Router("openapi.json")


@shell.get("/", needs=SignedIn("everybody who signs in has a shell, however little is in it"))
async def get_shell(ctx: Context, query: ShellQuery) -> Annotated[Reply, ShellView]:
    """Return what the shell draws for whoever asks: their sections, pages and permissions.

    The answer is theirs alone; its tag changes with their rights and with any plugin.
    """
    view = shell_view(ctx.get(running), ctx.principal, language=query.language)
    digest = hashlib.sha256(view.model_dump_json().encode()).hexdigest()[:32]
    return Reply(body=view, headers={"ETag": f'"{digest}"', "Cache-Control": "private, no-cache"})


@plugins.get("/", needs=READ)
async def list_plugins(ctx: Context) -> Plugins:
    """List every plugin with its state, what it has, and what mends it where it is broken."""
    return plugins_view(ctx.get(running), await estates(ctx.db))


# One for each worker: it guards the log, and counts nothing that must be exact.
_pace = Pace()


@plugins.post(
    "/{plugin}/log",
    needs=SignedIn("whoever sees a page may say that it failed"),
    status=204,
    writes=False,
    max_body=LARGEST,
)
async def write_line(ctx: Context, plugin: str, body: PageLine) -> None:
    """Write what a plugin's page says to the log, under the plugin's id."""
    write_page_line(ctx, plugin, body, _pace)


@plugins.post("/{plugin}/rearm", needs=REARM, status=200)
async def rearm_plugin(ctx: Context, plugin: str) -> Rearmed:
    """Take every part of a plugin out of quarantine; all workers run them again within seconds."""
    if ctx.get(running).registry.find(plugin) is None:
        raise NotFound("no such plugin")
    return Rearmed(parts=await rearm(ctx.db, plugin, actor=actor_of(ctx.principal)))


@health.get("/", needs=Public("probes and load balancers have no session"))
async def get_health(ctx: Context) -> Annotated[Reply, HealthView]:
    """Tell whether the service is ready, part by part; 503 while a required part is away.

    Strangers get names and states alone; what is wrong with a part is for people who may read
    plugins.
    """
    view = health_view(ctx.get(readiness).parts(), with_detail=ctx.principal.may(READ))
    return Reply(
        body=view, status=200 if view.ready else 503, headers={"Cache-Control": "no-store"}
    )


@openapi.get("/", needs=SignedIn("the description names every route, for those who may call some"))
async def get_openapi(ctx: Context) -> OpenApiDocument:
    """Return the OpenAPI 3.1 document of every mounted route."""
    return OpenApiDocument(dict(ctx.get(api_description).document()))
