"""The reference pages of the hooks, one each, and of `foundation.testing`, from the code."""

import dataclasses
import inspect
import re
import sys
import typing
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from foundation.plugins import hookspecs
from foundation.plugins.registry import Loaded
from foundation.testing import plugin as fixtures

QUALIFIED = re.compile(r"\b[a-z_]+\.(?=[a-zA-Z_.]*[A-Z])")
HOW_TO = "../../how-to/extend"


def hook_names() -> list[str]:
    """Return the names of all hooks, in the order of the contract."""
    marked = f"{hookspecs.PROJECT}_spec"
    return [name for name, thing in vars(hookspecs).items() if hasattr(thing, marked)]


def hook_pages(plugins: list[Loaded], note: str) -> dict[str, str]:
    """Return the text of each hook's page by its file name."""
    return {f"hooks/{name}.md": _page(name, plugins, note) for name in hook_names()}


def testing_page(note: str) -> str:
    """Return the page of what `foundation.testing` gives to tests."""
    lines = [
        "# Testing",
        "",
        note,
        "",
        "Installing `foundation-core[embedded,testing]` brings these fixtures to pytest, which",
        'wants `asyncio_mode = "auto"`. Nothing is patched: database, sign-in and edge are real.',
        "",
        "`pytest --foundation-plugin NAME` runs the conformance suite for an installed plugin,",
        "beside your tests if you name them, else alone.",
        "",
    ]
    for name in fixtures.__all__:
        said = " ".join((inspect.getdoc(_function(getattr(fixtures, name))) or "").split())
        lines += [f"### {name}", "", said, ""]
    return "\n".join(lines).rstrip() + "\n"


def _function(fixture: Any) -> Any:  # pytest's own wrapper, which has no public type
    return getattr(fixture, "_fixture_function", fixture)


def _page(name: str, plugins: list[Loaded], note: str) -> str:
    hook = getattr(hookspecs, name)
    answer = QUALIFIED.sub("", str(inspect.signature(hook)).partition("-> ")[2])
    lines = [f"# {name}", "", note, "", f"`{name}() -> {answer}`", ""]
    lines += [inspect.getdoc(hook) or "", ""]
    lines += [f"How to use it: [{name}]({HOW_TO}/{name}.md).", ""]
    for kind in _all_kinds(typing.get_type_hints(hook)["return"]):
        lines += _described(kind)
    if example := _example(name, plugins):
        lines += ["## In a bundled plugin", "", *example]
    return "\n".join(lines).rstrip() + "\n"


def _kinds(annotation: object) -> list[type]:
    """Return the classes that an annotation names, outermost first."""
    if isinstance(annotation, type) and annotation.__module__.startswith("foundation."):
        return [annotation]
    return [kind for part in typing.get_args(annotation) for kind in _kinds(part)]


def _all_kinds(annotation: object) -> list[type]:
    """Return the classes of an annotation, and then what their fields are made of."""
    found = _kinds(annotation)
    for kind in found:
        if not dataclasses.is_dataclass(kind):
            continue
        parts = typing.get_type_hints(kind, include_extras=False).values()
        inner = [one for part in parts for one in _kinds(part)]
        # What lies deeper than the contract itself has its own page, or none.
        found += [
            one
            for one in dict.fromkeys(inner)
            if one not in found and one.__module__.startswith("foundation.plugins.")
        ]
    return found


def _described(kind: type) -> Iterator[str]:
    yield from (f"## {kind.__name__}", "", inspect.getdoc(kind) or "", "")
    if not dataclasses.is_dataclass(kind):
        return
    yield "| field | type | default |"
    yield "|---|---|---|"
    for field in dataclasses.fields(kind):
        shown = _type(field.type).replace("|", "\\|")
        yield f"| `{field.name}` | `{shown}` | {_default(field)} |"
    yield ""


def _type(annotation: Any) -> str:  # any type expression
    text = annotation.__name__ if inspect.isclass(annotation) else str(annotation)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z])", "", text)


def _default(field: "dataclasses.Field[Any]") -> str:
    if field.default_factory is not dataclasses.MISSING:
        return "empty"
    if field.default is dataclasses.MISSING:
        return "required"
    if isinstance(field.default, type):
        return f"`{field.default.__name__}`"
    return f"`{field.default!r}`" if field.default not in {"", ()} else "empty"


def _example(name: str, plugins: list[Loaded]) -> list[str]:
    """Return the source of the hook in the first plugin outside of core that has it."""
    for one in plugins:
        module = sys.modules.get(one.module)
        if one.builtin or not isinstance(module, ModuleType) or not hasattr(module, name):
            continue
        source = inspect.getsource(getattr(module, name)).rstrip()
        return [f"`{one.module}`:", "", "```python", source, "```", ""]
    return []
