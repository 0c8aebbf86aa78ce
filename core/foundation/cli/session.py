"""``foundation session``: a session made on the host, for when the provider is away."""

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

\b
The line printed is a cookie; give it to the browser or to curl:
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
    """Make a session without a provider. It is told in the audit trail."""


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
    clock, deployment = SystemClock(), await repository.deployment_id(own.db)
    sessions = Sessions(
        database=own.database,
        cache=NoCache(),  # a session nobody has looked for is in no cache
        secret=AppSecret(own.settings.secret_key, deployment=deployment),
        deployment=deployment,
        clock=clock,
    )
    roles = (await repository.roles_of(own.db, [user_id])).get(user_id, [])
    token, _ = await sessions.start(
        own.db,
        user_id=user_id,
        issuer=user.issuer,
        sid=None,
        auth_time=clock.now(),
        roles=roles,
        address="",
        browser="foundation session mint",
        id_token="",
        life=ttl,
    )
    own.record(events.SESSION_MINTED(Target("user", str(user_id), user.name or user.email)))
    return token
