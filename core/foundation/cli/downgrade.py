"""The command that takes one plugin's tables back, from the ledger, without the newer wheel."""

import asyncio

import click

from foundation.cli.ledger import UNDONE, address
from foundation.cli.refusals import refusals
from foundation.db.downgrade import plan_back, take_back
from foundation.db.migrate import Locked
from foundation.db.step import Strayed
from foundation.db.steps import NoWayBack


@click.command("downgrade", short_help="Take one plugin's tables back to an earlier revision.")
@click.argument("owner")
@click.option("--to", required=True, metavar="REVISION", help="The revision to come back to.")
@click.option("--dry-run", is_flag=True, help="Show the SQL and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def downgrade_command(owner: str, to: str, *, dry_run: bool, yes: bool) -> None:
    """Take the tables of OWNER, a plugin or "foundation", back; for emergencies.

    The way back of each revision was written down when it was applied, so the newer wheel need
    not be here. What the newer tables held beyond the older ones is lost. Exit code 1: there is
    no way back, and the reason is told.
    """
    with refusals(codes=UNDONE | dict.fromkeys((NoWayBack, Strayed, Locked), 1)), address() as url:
        plan = asyncio.run(plan_back(url, owner, to=to))
        click.echo(plan.sql)
        if dry_run:
            return
        if not yes:
            click.confirm(f"Take {owner} back from {plan.present} to {to}?", abort=True)
        asyncio.run(take_back(url, owner, to=to, say=click.echo))
    click.echo(f"{owner}: back at {to}; install the code of then, and roll")
