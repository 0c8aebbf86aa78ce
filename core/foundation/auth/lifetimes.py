"""How long a session lives: one definition for the table, the cache and whoever asks.

Seven days because a small team works all week in one shell; the idle limit, step-up, shorter
sessions for admins and revocation within half a minute make up for it (OWASP ASVS 7.1.1).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.auth.permissions import Role


@dataclass(frozen=True, slots=True)
class Lifetime:
    """The limits of a session: since its start and the sign-in behind it, and without a request."""

    absolute: timedelta
    idle: timedelta


PEOPLE = Lifetime(timedelta(days=7), timedelta(hours=24))
ADMINS = Lifetime(timedelta(hours=24), timedelta(hours=8))
MOST_SESSIONS = 10
"""Of one person at a time; one more ends the oldest."""


def lifetime_of(roles: Collection[str]) -> Lifetime:
    """Return the limits for somebody with *roles*; gaining a role shortens a session at once."""
    return ADMINS if Role.ADMIN in roles else PEOPLE


@dataclass(frozen=True, slots=True)
class Moments:
    """The times of a session that decide whether it lives."""

    auth_time: datetime
    expires_at: datetime
    last_seen_at: datetime
    idle: timedelta


def ends_at(moments: Moments, *, roles: Collection[str]) -> datetime:
    """Return when the session ends if nothing more is asked; activity moves the idle limit only."""
    limit = lifetime_of(roles)
    return min(
        moments.expires_at,
        moments.auth_time + limit.absolute,
        moments.last_seen_at + min(moments.idle, limit.idle),
    )
