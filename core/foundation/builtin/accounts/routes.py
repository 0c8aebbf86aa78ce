"""The routes of ``/api/auth`` and ``/api/users``: one line of policy, one line of work."""

from datetime import timedelta
from typing import Annotated
from uuid import UUID

from foundation.auth.limits import Rate
from foundation.auth.permissions import Public, SignedIn
from foundation.builtin.accounts.permissions import READ, WRITE
from foundation.builtin.accounts.schemas import (
    Begin,
    Code,
    Granted,
    Here,
    LogoutToken,
    Me,
    Next,
    Redirect,
    UserChange,
    UserQuery,
    UserView,
)
from foundation.builtin.accounts.service import (
    begin,
    finish,
    first_admin,
    people,
    provider_logout,
    signout,
)
from foundation.http.context import Context
from foundation.http.models import Page
from foundation.http.reply import Reply
from foundation.http.router import IfMatch, Router

SMALL = 16_384
MINUTE = timedelta(minutes=1)
STARTS = Rate("sign-in", 20, MINUTE, by="address")
PROVIDER = Rate("provider-sign-out", 30, MINUTE, by="address")
CODES = Rate("first-admin", 5, timedelta(hours=1), by="all")

auth = Router("auth")
users = Router("users")


@auth.post(
    "/login",
    needs=Public("nobody has signed in yet"),
    writes=False,
    max_body=SMALL,
    limits=(STARTS,),
)
async def begin_sign_in(ctx: Context, body: Begin) -> Annotated[Reply, Redirect]:
    """Begin a sign-in: where to send the browser."""
    return await begin.begin(ctx, purpose="sign_in", next=body.next, invite=body.invite)


@auth.get(
    "/callback",
    needs=Public("the provider sends people here before they are signed in"),
    writes=True,
    retry_safe=False,
    cross_site=True,
)
async def finish_sign_in(ctx: Context) -> Reply:
    """Finish a sign-in or a step-up; always a redirect."""
    return await finish.come_back(ctx)


@auth.post("/logout", needs=Public("a session that has ended can still be left"))
async def sign_out(ctx: Context) -> Annotated[Reply, Redirect]:
    """End this session; where to sign out at the provider too."""
    return await signout.leave(ctx)


@auth.post(
    "/backchannel-logout",
    needs=Public("the provider signs people out here; its token is the proof"),
    form=True,
    cross_site=True,
    max_body=SMALL,
    limits=(PROVIDER,),
)
async def provider_sign_out(ctx: Context, body: LogoutToken) -> Reply:
    """End the sessions that the provider's logout token names."""
    return await provider_logout.obey(ctx, body)


@auth.post(
    "/bootstrap",
    needs=SignedIn("the first admin has no right yet, but a code from the host"),
    max_body=SMALL,
    limits=(CODES,),
)
async def become_first_admin(ctx: Context, body: Code) -> Granted:
    """Become the first admin, with the code that ``foundation admin bootstrap`` printed."""
    return await first_admin.redeem(ctx, body)


@auth.get("/here", needs=Public("the door asks it, so that a stranger's console shows no refusal"))
async def get_here(ctx: Context) -> Here:
    """Tell whether whoever asks is signed in."""
    return Here(signed_in=not ctx.principal.is_anonymous)


@auth.get("/me", needs=SignedIn("everybody may know who they are"))
async def get_me(ctx: Context) -> Me:
    """Return whoever asks, with what they may do."""
    return await signout.me(ctx)


@auth.post(
    "/step-up",
    needs=SignedIn("everybody may prove again who they are"),
    writes=False,
    max_body=SMALL,
)
async def begin_step_up(ctx: Context, body: Next) -> Annotated[Reply, Redirect]:
    """Begin signing in again, before something sensitive."""
    return await begin.begin(ctx, purpose="step_up", next=body.next)


@users.get("/", needs=READ)
async def list_users(ctx: Context, query: UserQuery) -> Page[UserView]:
    """List users, the newest first."""
    return await people.page(ctx, query)


@users.get("/{id}", needs=READ)
async def get_user(ctx: Context, id: UUID) -> UserView:
    """Return one user."""
    return await people.one(ctx, id)


@users.patch("/{id}", needs=WRITE, max_body=SMALL)
async def change_user(ctx: Context, id: UUID, body: UserChange, expected: IfMatch) -> UserView:
    """Change somebody's role, or let them in or out; not one's own."""
    return await people.change(ctx, id, body, expected)


@users.delete("/{id}", needs=WRITE)
async def delete_user(ctx: Context, id: UUID) -> None:
    """Forget somebody who is disabled: roles, sessions and tokens go, the audit trail stays."""
    await people.remove(ctx, id)
