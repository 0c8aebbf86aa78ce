"""The loader: from what is installed to a frozen registry, each plugin on its own.

pluggy registers and validates here and nowhere else; every hook is asked alone, because one that
raises would end the call for all.
"""

import importlib
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

import pluggy

from foundation.plugins import hookspecs
from foundation.plugins.accept import Unacceptable, World, accept
from foundation.plugins.ask import HOOKS, HookRaised, WrongValue, ask
from foundation.plugins.blame import told, trace_of, without_needs
from foundation.plugins.checks.hooks import hook_problems
from foundation.plugins.claims import Claims
from foundation.plugins.dependencies import missing_plugin, settled
from foundation.plugins.memory import NO_MEMORY, Memory
from foundation.plugins.order import ordered
from foundation.plugins.probe import remembered_findings
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.scan import (
    BUILTINS,
    Candidate,
    Installed,
    choose,
    installed_plugins,
    outcome,
)
from foundation.plugins.shared import read_shared
from foundation.settings import PluginChoice, Settings, variable


class _Fault(Exception):
    """Why a plugin does not start: its state, the reason, and the traceback if there is one."""

    def __init__(self, state: State, reason: str, *, mend: str = "", trace: str = "") -> None:
        super().__init__(reason)
        self.state, self.reason, self.mend, self.trace = state, reason, mend, trace


def load(
    settings: PluginChoice,
    *,
    installed: Iterable[Installed] | None = None,
    environ: Mapping[str, str],
    memory: Memory = NO_MEMORY,
    dangerous: Mapping[str, str] | None = None,
    only: Collection[str] | None = None,
) -> Registry:
    """Load core's own sections and every wanted plugin; no plugin's fault reaches another.

    *installed* is for tests; without it the entry points of this environment are read.
    *memory* is what the ledger knows; *dangerous* are ids that ended or hung the probe, each with
    its reason, and they are not imported. Nothing of a plugin is imported unless it is wanted; with
    *only*, of all that could be loaded those ids are, beside core's own.
    """
    plugins = installed_plugins() if installed is None else list(installed)
    everything = [*BUILTINS, *plugins]
    if dangerous is None:
        dangerous = remembered_findings(settings, plugins)
    candidates, refused = choose(settings, installed=everything, memory=memory)
    if only is not None:
        candidates = [one for one in candidates if one.installed.builtin or one.id in only]
    plan = ordered(candidates)
    refused += [
        _refused(one, _Fault(State.INVALID, f"waits for itself: {' > '.join(circle)}"))
        for one in candidates
        if (circle := plan.circles.get(one.id))
    ]
    claims = Claims(
        installed=frozenset(one.id for one in everything),
        memory=memory,
        variables={variable(field): "core" for field in Settings.model_fields},
    )
    world = World(environ, claims, read_shared(settings.web_root))
    loaded = _load_in_order(plan.candidates, refused=refused, dangerous=dangerous, world=world)
    refused.sort(key=lambda one: (one.id, one.dist))
    return settled(Registry((*loaded, *refused), memory))


def _load_in_order(
    candidates: Iterable[Candidate],
    *,
    refused: Iterable[Loaded],
    dangerous: Mapping[str, str],
    world: World,
) -> list[Loaded]:
    manager = pluggy.PluginManager(hookspecs.PROJECT)
    manager.add_hookspecs(hookspecs)
    known = {one.id: one for one in refused}
    loaded = []
    for candidate in candidates:
        began = time.perf_counter()
        try:
            _guard(candidate, known, dangerous)
            one = _start(candidate, manager, world)
        except _Fault as fault:
            one = _refused(candidate, fault)
        one = replace(one, start_ms=round((time.perf_counter() - began) * 1000, 1))
        known[one.id] = one
        loaded.append(one)
    return loaded


def _guard(candidate: Candidate, known: Mapping[str, Loaded], dangerous: Mapping[str, str]) -> None:
    """Refuse, before the import, what could not start or would harm this process."""
    missing = missing_plugin(candidate.manifest, known)
    if missing:
        raise _Fault(State.MISSING_DEPENDENCY, missing.reason, mend=missing.mend)
    if candidate.id in dangerous:
        raise _Fault(State.IMPORT_ERROR, dangerous[candidate.id])


def _start(candidate: Candidate, manager: pluggy.PluginManager, world: World) -> Loaded:
    module = _import(candidate)
    answers = _ask_all(candidate, _hooks(candidate, module, manager))
    try:
        added, refused = accept(candidate.installed, answers, world=world)
    except Unacceptable as wrong:
        raise _Fault(State.INVALID, str(wrong)) from None
    one = candidate.installed
    return Loaded(
        id=one.id,
        dist=one.dist,
        version=one.version,
        state=State.STARTED,
        title=candidate.manifest.title,
        module=one.module,
        builtin=one.builtin,
        manifest=candidate.manifest,
        contributions=added,
        refused=refused,
        allowed=candidate.allowed,
    )


def _import(candidate: Candidate) -> ModuleType:
    name = candidate.installed.module
    try:
        module = importlib.import_module(name)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # an import may raise anything
        trace = trace_of(error, module=name)
        if open_route := without_needs(error):
            raise _Fault(State.INVALID, open_route, trace=trace) from None
        raise _Fault(State.IMPORT_ERROR, told(error, module=name), trace=trace) from None
    if getattr(module, "manifest", None) != candidate.manifest:
        reason = "the manifest changes while the plugin is imported; write it as literals only"
        raise _Fault(State.INVALID, reason)
    return module


def _hooks(
    candidate: Candidate, module: ModuleType, manager: pluggy.PluginManager
) -> dict[str, Any]:  # functions that return anything
    """Return the plugin's hook functions by name; a misuse of any refuses the plugin."""
    known = frozenset(HOOKS)
    options = {name: manager.parse_hookimpl_opts(module, name) for name in dir(module)}
    marked = {name: dict(found) for name, found in options.items() if found is not None}
    problems = hook_problems(module, marked=marked, known=known)
    if problems:
        raise _Fault(State.INVALID, "; ".join(problems))
    try:
        manager.register(module, name=candidate.id)
    except (pluggy.PluginValidationError, ValueError) as refused:
        raise _Fault(State.INVALID, str(refused)) from None
    return {
        caller.name: implementation.function
        for caller in manager.get_hookcallers(module) or ()
        for implementation in caller.get_hookimpls()
        if implementation.plugin is module
    }


def _ask_all(candidate: Candidate, functions: Mapping[str, Any]) -> dict[str, Any]:
    """Ask each hook the plugin has, once, in a fixed order."""
    answers = {}
    for name in HOOKS:
        if name not in functions:
            continue
        try:
            answers[name] = ask(name, functions[name])
        except HookRaised as raised:
            cause = raised.__cause__ or raised
            reason = f"{name}() raised {told(cause, module=candidate.installed.module)}"
            raise _Fault(
                State.FAILED, reason, trace=trace_of(cause, module=candidate.installed.module)
            ) from None
        except WrongValue as wrong:
            raise _Fault(State.INVALID, str(wrong)) from None
    return answers


def _refused(candidate: Candidate, fault: _Fault) -> Loaded:
    one = candidate.installed
    mend = fault.mend or (
        f"pip install --force-reinstall {one.dist}"
        if fault.state is State.IMPORT_ERROR
        else f"foundation plugin check {one.id}"
    )
    refused = outcome(one, fault.state, str(fault), mend, manifest=candidate.manifest)
    return replace(refused, trace=fault.trace)
