"""``foundation session``: sessions made and ended on the host, for when nobody can sign in."""

import re
from datetime import timedelta
from uuid import UUID

import click

from foundation.audit.events import Target
from foundation.auth import repository
from foundation.auth.sessions import COOKIE, Sessions
from foundation.builtin.accounts import events
from foundation.cache import NoCache
from foundation.cli.host import Act, act
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret

LONGEST = timedelta(hours=1)
_TTL = re.compile(r"([1-9][0-9]{0,3})([smh])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours"}

EXAMPLES = f"""\b
Examples:
  foundation session mint 01890a5d-ac96-774b-bcce-b302099a8057 --ttl 15m
  foundation session end 01890a5d-ac96-774b-bcce-b302099a8057
  foundation session end --everybody

\b
The line that mint prints is a cookie; give it to the browser or to curl:
  curl -b '{COOKIE}=...' https://ops.example.org/api/auth/me
"""


class Life(click.ParamType[timedelta]):
    """A length of time such as 15m, at most an hour."""

    name = "length"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> timedelta:
        """Read the text; ends the command when it cannot be read."""
        if isinstance(value, timedelta):
            return value
        match = _TTL.fullmatch(str(value))
        life = timedelta(**{_UNITS[match[2]]: int(match[1])}) if match else None
        if life is None or life > LONGEST:
            self.fail("give a length such as 15m, at most 1h", param, ctx)
        return life


@click.group(epilog=EXAMPLES)
def session() -> None:
    """Make a session without a provider, or end some. Both are told in the audit trail."""


@session.command("mint")
@click.argument("user", type=click.UUID)
@click.option("--ttl", type=Life(), default="15m", show_default=True, help="How long it lives.")
def mint_command(user: UUID, ttl: timedelta) -> None:
    """Print the cookie of a new session of USER, an id as the Users page has it.

    Exit code 1: nobody enabled has this id.
    """
    token = act(lambda own: _mint(own, user, ttl))
    if token is None:
        click.secho("there is nobody with this id who may come in", fg="red", err=True)
        raise SystemExit(1)
    click.echo(f"{COOKIE}={token}")


async def _mint(own: Act, user_id: UUID, ttl: timedelta) -> str | None:
    user = await repository.find_user(own.db, user_id)
    if user is None or not user.enabled or user.kind != "user":
        return None
    roles = (await repository.roles_of(own.db, [user_id])).get(user_id, [])
    token, _ = await (await _sessions(own)).start(
        own.db,
        user_id=user_id,
        issuer=user.issuer,
        sid=None,
        auth_time=SystemClock().now(),
        roles=roles,
        address="",
        browser="foundation session mint",
        id_token="",
        life=ttl,
    )
    own.record(events.SESSION_MINTED(Target("user", str(user_id), user.name or user.email)))
    return token


@session.command("end")
@click.argument("user", type=click.UUID, required=False)
@click.option("--everybody", is_flag=True, help="End the sessions of all people.")
def end_command(user: UUID | None, everybody: bool) -> None:  # noqa: FBT001  # click's own way
    """End all sessions of USER, an id as the Users page has it: a cookie was stolen, say.

    Workers refuse the cookies within 30 seconds. API tokens are not sessions, and stay. Exit code
    1: nobody has this id.
    """
    if (user is None) is not everybody:
        raise click.UsageError("name one user, or say --everybody")
    ended = act(lambda own: _end_all(own) if user is None else _end(own, user))
    if ended is None:
        click.secho("there is nobody with this id", fg="red", err=True)
        raise SystemExit(1)
    click.echo(f"{ended} ended")


async def _end(own: Act, user_id: UUID) -> int | None:
    if await repository.find_user(own.db, user_id) is None:
        return None
    ended = await (await _sessions(own)).end_all(own.db, user_id, reason="by_host", by=None)
    for one in ended:
        own.record(events.SESSION_ENDED(Target("session", str(one.public_id)), reason=one.reason))
    return len(ended)


async def _end_all(own: Act) -> int:
    ended = await (await _sessions(own)).end_where(own.db, reason="by_host")
    if ended:
        own.record(events.EVERYBODY_OUT(sessions=len(ended)))
    return len(ended)


async def _sessions(own: Act) -> Sessions:
    deployment = await repository.deployment_id(own.db)
    return Sessions(
        database=own.database,
        cache=NoCache(),  # a new session is in no cache, and an ended one counts for its lease
        secret=AppSecret(own.settings.secret_key, deployment=deployment),
        deployment=deployment,
        clock=SystemClock(),
    )
