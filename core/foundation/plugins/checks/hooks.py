"""Checks of the hook functions themselves, before any is called."""

import difflib
import inspect
from collections.abc import Collection, Iterable
from types import ModuleType
from typing import Any

OPTIONS = ("hookwrapper", "wrapper", "tryfirst", "trylast", "optionalhook", "specname")


def hook_problems(
    module: ModuleType, *, marked: dict[str, dict[str, Any]], known: Collection[str]
) -> list[str]:
    """Return what is wrong with the hooks of *module*.

    *marked* are the options of each function that bears the mark, as pluggy keeps them.
    """
    problems = []
    for name, options in marked.items():
        function = getattr(module, name)
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]!r}?" if near else ""
            problems.append(f"there is no hook {name!r}{hint}")
            continue
        if kind := _kind(function):
            problems.append(f"{name} is {kind}; a hook is a plain function that returns data")
        if inspect.signature(function).parameters:
            problems.append(f"{name} takes arguments; a hook takes none")
        problems += [f"{name} uses {option}=" for option in OPTIONS if options.get(option)]
    return problems + _unmarked(module, marked, known)


def _kind(function: object) -> str | None:
    """Name the kind of a function that cannot be a hook; None for a plain one."""
    if inspect.iscoroutinefunction(function):
        return "async"
    if inspect.isasyncgenfunction(function):
        return "an async generator"
    if inspect.isgeneratorfunction(function):
        return "a generator"
    return None


def _unmarked(module: ModuleType, marked: Iterable[str], known: Collection[str]) -> list[str]:
    """Find functions named like a hook that pluggy would ignore without a word."""
    return [
        f"{name} is named like a hook but not marked; put @hook above it"
        for name in sorted(known)
        if name not in marked and inspect.isfunction(getattr(module, name, None))
    ]
