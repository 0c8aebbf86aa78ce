"""Writes docs/reference/ and deploy/env.example from the code; --check only tells what differs.

Run by `make docs`; tests/architecture/test_docs.py runs the check.
"""

import inspect
import re
import sys
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import NoneType
from uuid import UUID

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from env_example import env_example
from foundation.audit.events import EventType
from foundation.audit.vocabulary import VOCABULARY
from foundation.auth.permissions import Permission, Role
from foundation.auth.principal import ANONYMOUS, Principal
from foundation.auth.roles import permissions_of
from foundation.http.router import Route
from foundation.plugins import hookspecs
from foundation.plugins.loader import load
from foundation.plugins.registry import Loaded
from foundation.plugins.trail import CORE_EVENTS
from foundation.secret import Secret
from foundation.settings import PREFIX, PluginChoice, Settings
from foundation.telemetry import metrics
from hook_pages import hook_pages, testing_page

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "reference"
NOTE = "Written by `make docs` from the code; do not edit."


def bundled() -> list[Loaded]:
    """Return core's own sections and the bundled plugins, whatever else is installed."""
    here = {folder.name for folder in (ROOT / "plugins").iterdir()}
    registry = load(PluginChoice(), environ={})
    return [one for one in registry.plugins if one.builtin or one.id in here]


def cell(value: object) -> str:
    """Return *value* as the content of a table's cell."""
    return re.sub(r"\s+", " ", str(value)).replace("|", "\\|").replace("<", "\\<").strip()


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Yield the lines of a table."""
    names = list(head)
    yield "| " + " | ".join(names) + " |"
    yield "|" + "---|" * len(names)
    for row in rows:
        yield "| " + " | ".join(cell(value) for value in row) + " |"
    yield ""


def page(title: str, *lines: str) -> str:
    """Return a whole page."""
    return "\n".join([f"# {title}", "", NOTE, "", *lines]).rstrip() + "\n"


def kind_of(annotation: object) -> str:
    """Return in words what a setting takes."""
    if typing.get_origin(annotation) is typing.Literal:
        return " or ".join(f"`{choice}`" for choice in typing.get_args(annotation))
    parts = [part for part in typing.get_args(annotation) if part is not NoneType]
    if typing.get_origin(annotation) is tuple:
        return "a list with commas"
    if parts:
        return kind_of(parts[0])
    words = {Secret: "a secret", bool: "`true` or `false`", int: "a number", Path: "a path"}
    return words.get(annotation, "text") if isinstance(annotation, type) else "text"


def default_of(field: FieldInfo) -> str:
    """Return the default of a setting as it would be typed, or that it has none."""
    if field.is_required():
        return "required"
    if field.default is PydanticUndefined:
        return "depends on the machine"
    if field.default is None or field.default == ():
        return ""
    shown = str(field.default).lower() if isinstance(field.default, bool) else field.default
    return f"`{shown}`"


def rows_of_settings(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, ...]]:
    """Yield a row for each field of a settings model."""
    for name, field in model.model_fields.items():
        kind = kind_of(field.annotation)
        variable = f"`{prefix}{name.upper()}`" + (" or `_FILE`" if kind == "a secret" else "")
        yield variable, kind, default_of(field), field.description or ""


def settings(plugins: list[Loaded]) -> str:
    """Return the page of all settings, core's and the plugins'."""
    lines = [
        "All are environment variables. A secret may come from a file named by the variable with",
        "`_FILE` at its end. `DATABASE_URL` and `REDIS_URL` are read without the prefix too.",
        "",
        *table(("variable", "takes", "default", "what for"), rows_of_settings(Settings, PREFIX)),
    ]
    for one in plugins:
        if one.contributions.settings is not None:
            rows = rows_of_settings(type(one.contributions.settings), f"{PREFIX}{one.id.upper()}_")
            head = ("variable", "takes", "default", "what for")
            lines += [f"## {one.title}", "", *table(head, rows)]
    return page("Settings", *lines)


def permissions(plugins: list[Loaded]) -> str:
    """Return the page of all permissions, by plugin."""

    def row(right: Permission) -> tuple[str, ...]:
        # A role holds what the ones before it hold, and an admin holds everything.
        first = next((role for role in Role if role in right.roles), Role.ADMIN)
        roles = ", ".join(list(Role)[list(Role).index(first) :])
        return f"`{right.name}`", right.title, roles, "yes" if right.sensitive else ""

    lines = ["The roles are the proposal; *fresh* wants a sign-in of the last five minutes.", ""]
    for one in plugins:
        if one.contributions.permissions:
            rows = [row(right) for right in one.contributions.permissions]
            lines += [
                f"## {one.title}",
                "",
                *table(("permission", "gives", "roles", "fresh"), rows),
            ]
    return page("Permissions", *lines, *matrix(plugins))


TOKEN_NOTE = (
    "What each route answers to whom: whether it lets them in, before it looks at anything else.",
    "*no role* has signed in and has no role; *token* is an API token of an admin with every scope",
    "it can have. **fresh** wants a sign-in of the last five minutes, which a token never has.",
)


def matrix(plugins: list[Loaded]) -> Iterator[str]:
    """Yield the lines of the matrix of routes, roles and tokens, made from the routes."""
    rights = [right for one in plugins for right in one.contributions.permissions]
    plain = frozenset(right.name for right in rights if not right.sensitive)
    people = {"stranger": ANONYMOUS, "no role": Principal("user")} | {
        role: Principal("user", permissions=permissions_of([role], rights)) for role in Role
    }
    people["token"] = Principal("user", permissions=plain, token=UUID(int=0))

    def cells(route: Route) -> Iterator[str]:
        fresh = route.sensitive or getattr(route.needs, "sensitive", False)
        for who in people.values():
            may = who.may(route.needs) and not (fresh and who.token is not None)
            yield ("fresh" if fresh else "yes") if may else ""

    yield from ("## Who may call what", "", *TOKEN_NOTE, "")
    rows = [
        (f"`{route.method} /api/{router.prefix}{route.path.rstrip('/')}`", *cells(route))
        for one in plugins
        for router in one.contributions.routers
        for route in router.routes
    ]
    yield from table(("route", *people), rows)


def events(plugins: list[Loaded]) -> str:
    """Return the page of all audit events, by plugin."""

    def row(event: EventType) -> tuple[object, ...]:
        detail = ", ".join(f"`{name}`" for name in event.detail.model_fields)
        owasp = ", ".join(f"`{word}`" for word in event.owasp)
        return f"`{event.name}`", event.title, event.severity, owasp, event.version, detail

    lines = [
        "What the audit trail may hold, with the names of each detail. *OWASP* are its words in",
        f"[OWASP's logging vocabulary]({VOCABULARY}),",
        "which an OCSF export and whatever the trail is handed on to carry, too.",
        "",
    ]
    declared = [(one.title, one.contributions.events) for one in plugins]
    for title, types in [("The platform", CORE_EVENTS), *declared]:
        if types:
            head = ("event", "says", "severity", "OWASP", "version", "detail")
            lines += [f"## {title}", "", *table(head, [row(event) for event in types])]
    return page("Events", *lines)


def series() -> str:
    """Return the page of all metrics."""
    present = metrics.install()
    every = list(present.registry._collector_to_names)  # noqa: SLF001  # it has no other way
    # prometheus_client tells labels only with samples, and there are none before the first use.
    labels = {getattr(one, "_name", ""): getattr(one, "_labelnames", ()) for one in every}
    rows = []
    for family in present.registry.collect():
        name = f"{family.name}_total" if family.type == "counter" else family.name
        by = ", ".join(f"`{label}`" for label in labels[family.name])
        rows.append((f"`{name}`", family.type, by, family.documentation))
    lines = [
        "At `/metrics`, for all workers together.",
        "",
        *table(("metric", "kind", "labels", "what it counts"), sorted(rows)),
    ]
    return page("Metrics", *lines)


def hooks() -> str:
    """Return the page of all hooks."""
    lines = [
        "What a plugin may say: plain functions without arguments, each asked once at start.",
        "",
    ]
    for name, thing in vars(hookspecs).items():
        if hasattr(thing, f"{hookspecs.PROJECT}_spec"):
            answer = str(inspect.signature(thing)).partition("-> ")[2]
            answer = re.sub(r"\b[a-z_]+\.(?=[a-zA-Z_.]*[A-Z])", "", answer)
            lines += [f"### {name}", "", f"[`{name}() -> {answer}`](hooks/{name}.md)", ""]
            lines += [inspect.getdoc(thing) or "", ""]
    return page(f"Hooks (contract {hookspecs.CONTRACT})", *lines)


def routes(plugins: list[Loaded]) -> str:
    """Return the page of all routes, by plugin."""

    def needs(route: Route) -> str:
        if isinstance(route.needs, Permission):
            return f"`{route.needs.name}`"
        return f"{type(route.needs).__name__.lower()}: {route.needs.reason}"

    lines = ["`/api/openapi.json` of a running Foundation describes bodies and answers.", ""]
    for one in plugins:
        rows = [
            (f"`{route.method}`", f"`/api/{router.prefix}{route.path.rstrip('/')}`", needs(route))
            for router in one.contributions.routers
            for route in router.routes
        ]
        if rows:
            lines += [f"## {one.title}", "", *table(("method", "path", "needs"), rows)]
    return page("HTTP", *lines)


def pages() -> dict[str, str]:
    """Return the text of each reference page by its file name."""
    plugins = bundled()
    return {
        "settings.md": settings(plugins),
        "permissions.md": permissions(plugins),
        "events.md": events(plugins),
        "metrics.md": series(),
        "hooks.md": hooks(),
        "http.md": routes(plugins),
        "testing.md": testing_page(NOTE),
        **hook_pages(plugins, NOTE),
        "../../deploy/env.example": env_example(plugins),
    }


def main() -> int:
    """Write the pages, or compare them; returns 1 when one differs."""
    differs = 0
    PAGES.mkdir(exist_ok=True)
    for name, text in pages().items():
        file = (PAGES / name).resolve()
        if file.exists() and file.read_text("utf-8") == text:
            continue
        differs += 1
        print(file.relative_to(ROOT))
        file.parent.mkdir(exist_ok=True)
        if "--check" not in sys.argv:
            file.write_text(text, "utf-8")
    return 1 if differs and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
