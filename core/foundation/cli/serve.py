"""``foundation serve``: run the server with the settings of the environment."""

import click

from foundation.cli.become import become_supervisor, environment

EXAMPLES = """\b
Examples:
  foundation serve
  foundation serve --port 8080 --workers 2
  FOUNDATION_DATABASE_URL_FILE=/run/secrets/database foundation serve

\b
Signals:
  TERM, INT   finish what is under way, then end; a second one ends at once
  HUP         replace the workers one by one: new code, settings or plugins
  USR2        write the stacks of all processes to stderr

\b
Exit codes:
  0  stopped, everything finished         4  no worker stays up
  2  a setting is wrong or missing        5  stopped, but something was cut
  3  a worker did not start               6  port or data folder in use
"""


@click.command(epilog=EXAMPLES)
@click.option("--host", metavar="ADDRESS", help="Listen here.  [FOUNDATION_HOST, 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="[FOUNDATION_PORT, 3000]")
@click.option("--workers", type=click.IntRange(1, 32), help="[FOUNDATION_WORKERS, 3]")
def serve(host: str | None, port: int | None, workers: int | None) -> None:
    """Run the server until it is told to stop.

    Workers that die are started again. The database must be reachable and up to date
    (`foundation db upgrade`); `foundation settings` lists what can be set.
    """
    become_supervisor("serve", environment(host=host, port=port, workers=workers))
