"""What people are told of their own: tokens that end soon, and sessions that one more ended."""

from sqlalchemy import func, or_, select

from foundation.auth.expiry import FIRST_WARNING
from foundation.auth.models import ApiToken, Session, User
from foundation.builtin.accounts.schemas_access import NoticeItem
from foundation.builtin.accounts.service.sessions import own_id
from foundation.http.context import Context
from foundation.http.models import Page

TOLD_FOR = func.make_interval(0, 0, 0, 7)
"""How long it is told that a session was ended as one too many: as long as a session can live."""


async def listed(ctx: Context) -> Page[NoticeItem]:
    """Return what whoever asks ought to know, what ends first at the top."""
    return Page[NoticeItem](items=[*await _tokens(ctx), *await _sessions(ctx)])


async def _tokens(ctx: Context) -> list[NoticeItem]:
    """Return the tokens that end soon: one's own, and of service accounts one answers for."""
    own = own_id(ctx)
    found = await ctx.db.execute(
        select(ApiToken.id, ApiToken.name, User.name.label("owner"), ApiToken.expires_at)
        .join(User, User.id == ApiToken.user_id)
        .where(
            or_(User.id == own, User.owner_id == own),
            ApiToken.revoked_at.is_(None),
            ApiToken.expires_at > func.now(),
            ApiToken.expires_at <= func.now() + FIRST_WARNING,
        )
        .order_by(ApiToken.expires_at)
    )
    return [
        NoticeItem(kind="token_ends", id=id, name=name, owner=owner, address="", at=at)
        for id, name, owner, at in found
    ]


async def _sessions(ctx: Context) -> list[NoticeItem]:
    found = await ctx.db.execute(
        select(Session.public_id, Session.ua, Session.ip_last, Session.ended_at)
        .where(
            Session.user_id == own_id(ctx),
            Session.end_reason == "too_many",
            Session.ended_at > func.now() - TOLD_FOR,
        )
        .order_by(Session.ended_at.desc())
        .limit(10)
    )
    return [
        NoticeItem(kind="session_ended", id=id, name=browser, owner="", address=str(address), at=at)
        for id, browser, address, at in found
    ]
