"""``foundation worker``: take runs from the queues and do them, on this machine."""

import asyncio
import os
from pathlib import Path

import click

from foundation import __version__
from foundation.app.worker import work
from foundation.errors import FoundationError
from foundation.secret import Secret
from foundation.settings import Settings, SettingsRefused, read_settings
from foundation.telemetry import metrics
from foundation.telemetry.logging import configure

REFUSED, NOT_STARTED = 2, 3
SERIES = 900
"""The name of its metric files: those of workers are far below."""

EXAMPLES = """\b
Examples:
  foundation worker
  foundation worker --queues default,gpu --slots 4

\b
Signals:
  TERM, INT   take nothing more, let handlers mark where they are, then end

\b
Exit codes:
  0  stopped                              3  did not start
  2  a setting is wrong or missing        7  lost the database and ended its runs
"""


@click.command(epilog=EXAMPLES)
@click.option("--queues", default="default", metavar="NAMES", help="Queues, with commas between.")
@click.option(
    "--slots", type=click.IntRange(1, 64), help="Runs at once.  [FOUNDATION_RUN_SLOTS, 2]"
)
def worker(queues: str, slots: int | None) -> None:
    """Work on runs until told to stop.

    `foundation serve` starts one beside its workers unless FOUNDATION_RUNS=off; start more on any
    machine that reaches the database. Each attempt is a process of its own.
    """
    try:
        settings = read_settings(os.environ)
        _tell_where_we_are(settings)
        names = tuple(name.strip() for name in queues.split(",") if name.strip())
        asyncio.run(
            work(
                settings,
                environ=os.environ,
                queues=names or ("default",),
                slots=slots or settings.run_slots,
            )
        )
    except SettingsRefused as refused:
        click.secho(str(refused), fg="red", err=True)
        raise SystemExit(REFUSED) from None
    except FoundationError as away:
        click.secho(str(away), fg="red", err=True)
        raise SystemExit(NOT_STARTED) from None


def _tell_where_we_are(settings: Settings) -> None:
    given = (getattr(settings, name) for name in Settings.model_fields)
    configure(
        level=settings.log_level,
        levels=settings.log_levels,
        environment=settings.environment,
        version=__version__,
        secrets=[value for value in given if isinstance(value, Secret)],
    )
    folder = os.environ.get(metrics.FOLDER_VARIABLE)
    if folder:  # beside a server, whose workers answer for these series too
        metrics.install(Path(folder), slot=SERIES)
