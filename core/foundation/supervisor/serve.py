"""``foundation serve``: hold folder and port, then supervise the workers until told to stop."""

import importlib.metadata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from foundation.settings import Settings, SettingsRefused, misspelt, read_settings
from foundation.supervisor.child import Recipe
from foundation.supervisor.companion import Companion
from foundation.supervisor.hold import Hold, held
from foundation.supervisor.importer import APP, Importer
from foundation.supervisor.loop import Supervisor
from foundation.supervisor.reach import database_fault, provider_fault
from foundation.supervisor.refused import Exit, Refused
from foundation.supervisor.report import Report, complain
from foundation.supervisor.scoreboard import FOLDER_VARIABLE, Scoreboard
from foundation.supervisor.slot import Slot
from foundation.supervisor.timing import Timing

_RUNS_LEAVE_S = 28.0
"""Longer than a run worker's drain, shorter than what a container is given to stop."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What may differ from the usual: the application, the times, what to do on the way."""

    app: str = APP
    timing: Timing = field(default_factory=Timing)
    plain: bool = False
    on_ready: Callable[[float], None] | None = None
    tend: Callable[[], bool] = lambda: False
    beside: Companion | None = None
    importer: Importer | None = None


def main(environ: Mapping[str, str], importer: Importer | None = None) -> int:
    """Serve with the settings in *environ* and return the exit code; refusals go to stderr."""
    try:
        settings = read_settings(environ)
        plan = Plan(beside=run_worker(settings, environ), importer=importer)
        return serve(settings, environ, plan=plan)
    except SettingsRefused as refused:
        complain("\n".join([*refused.problems, *_strays(environ)]))
        return Exit.SETTINGS
    except Refused as refused:
        complain(str(refused))
        return refused.code


def _strays(environ: Mapping[str, str]) -> list[str]:
    """Return a line for each variable that nobody reads."""
    points = importlib.metadata.entry_points(group="foundation.plugins")
    return misspelt(environ, plugins=[point.name for point in points])


def serve(settings: Settings, environ: Mapping[str, str], *, plan: Plan | None = None) -> int:
    """Serve until told to stop and return the exit code; raises `Refused` before it starts."""
    with held(settings.data, host=settings.host, port=settings.port) as hold:
        fault = database_fault(settings.database_url)
        if fault is not None:
            raise Refused(Exit.NOT_STARTED, fault)
        return supervise(settings, environ, hold=hold, plan=plan or Plan())


def supervise(settings: Settings, environ: Mapping[str, str], *, hold: Hold, plan: Plan) -> int:
    """Run the workers on what is already held, and return the exit code."""
    report = Report.of(settings, plain=plan.plain)
    for stray in _strays(environ):
        report.say("warning", stray)
    folder = Path(environ.get(FOLDER_VARIABLE) or hold.folder / "metrics")
    scoreboard = Scoreboard(folder, settings.workers)
    scoreboard.wipe()
    own = {**environ, FOLDER_VARIABLE: str(folder)}
    beside = plan.beside
    if beside is not None:
        beside.share({FOLDER_VARIABLE: str(folder)})
    recipe = Recipe(plan.app, plan.timing.graceful, own)

    def ready(seconds: float) -> None:
        report.say(
            "info", "ready", url=settings.public_url, port=settings.port,
            workers=settings.workers, seconds=round(seconds, 2),
        )  # fmt: skip
        if beside is not None:  # not before: it would slow down what people wait for
            beside.start()
        if plan.on_ready is not None:
            plan.on_ready(seconds)
        fault = provider_fault(settings.oidc_issuer)
        if fault is not None:
            report.say("warning", fault)

    supervisor = Supervisor(
        slots=tuple(Slot(at, recipe, hold, plan.timing) for at in range(settings.workers)),
        report=report,
        scoreboard=scoreboard,
        timing=plan.timing,
        on_ready=ready,
        tend=partial(_tend, plan),
        on_leave=beside.leave if beside else _nobody,
        importer=plan.importer,
    )
    if beside is None:
        return supervisor.run()
    try:
        return supervisor.run()
    finally:
        beside.stop()


def run_worker(settings: Settings, environ: Mapping[str, str]) -> Companion | None:
    """Return the run worker to start beside the others, or None where runs are off."""
    if settings.runs == "off":
        return None
    return Companion("foundation.cli", ["worker"], environ, stop_s=_RUNS_LEAVE_S)


def _tend(plan: Plan) -> bool:
    if plan.beside is not None:
        plan.beside.tend()
    return plan.tend()


def _nobody() -> None:
    """Tell nobody."""
