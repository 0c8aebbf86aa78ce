"""``foundation dev``: everything on this machine, with nothing set up before."""

import click

from foundation.cli.become import become_supervisor, environment

EXAMPLES = """\b
Examples:
  foundation dev
  foundation dev --port 8080
  FOUNDATION_LOG_LEVEL=info foundation dev         every request as a line
  FOUNDATION_DATABASE_URL=postgresql://... foundation dev
                                                   your database, not the embedded one
"""


@click.command(epilog=EXAMPLES)
@click.option("--port", type=click.IntRange(1, 65535), help="[FOUNDATION_PORT, 3000]")
@click.option("--data", metavar="FOLDER", help="Keep data here.  [FOUNDATION_DATA]")
def dev(port: int | None, data: str | None) -> None:
    """Run everything on this machine, to try it or to develop.

    Starts a PostgreSQL of its own, brings it up to date, offers a sign-in with three people, and
    reloads when a Python file changes. Data is kept; Ctrl-C stops all of it.
    """
    become_supervisor("dev", environment(port=port, data=data))
