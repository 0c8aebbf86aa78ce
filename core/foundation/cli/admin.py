"""``foundation admin``: the first admin's code, and the way back when nobody can give rights."""

import click

from foundation import ids
from foundation.audit.events import Target
from foundation.auth import bootstrap, repository
from foundation.auth.models import User
from foundation.auth.permissions import Role
from foundation.builtin.accounts import events
from foundation.cli.host import Act, act

EXAMPLES = """\b
Examples:
  foundation admin bootstrap
  foundation admin grant https://id.example.org 248289761001
"""


@click.group(epilog=EXAMPLES)
def admin() -> None:
    """Make the first admin, or one when no admin can. Both are told in the audit trail."""


@admin.command("bootstrap")
def bootstrap_command() -> None:
    """Print a code that makes whoever enters it after signing in the first admin.

    It is good once, for an hour, and only while there is no admin; a new one voids the one
    before. Exit code 1: there is an admin already.
    """
    code = act(_issue)
    if code is None:
        click.secho("there is an admin already; they can make another", fg="red", err=True)
        raise SystemExit(1)
    click.echo(code)
    click.echo("Sign in and enter it within an hour.", err=True)


@admin.command("grant")
@click.argument("issuer")
@click.argument("subject")
def grant_command(issuer: str, subject: str) -> None:
    """Make the person whom the provider ISSUER calls SUBJECT an admin, and let them in.

    They need not have signed in before.
    """
    name = act(lambda own: _grant(own, issuer, subject))
    click.echo(f"{name} is an admin now")


async def _issue(own: Act) -> str | None:
    code = await bootstrap.issue(own.db)
    if code is not None:
        own.record(events.BOOTSTRAP_ISSUED())
    return code


async def _grant(own: Act, issuer: str, subject: str) -> str:
    await repository.lock_admins(own.db)
    user, _ = await repository.find_or_add_user(
        own.db, id=ids.uuid7(), issuer=issuer, subject=subject
    )
    user.enabled = True
    await own.db.flush()
    await repository.replace_local_role(own.db, user.id, role=Role.ADMIN, by=None)
    own.record(events.ADMIN_GRANTED(Target("user", str(user.id), _name(user))))
    return _name(user)


def _name(user: User) -> str:
    return user.name or user.email or user.subject
