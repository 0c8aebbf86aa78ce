"""Somebody who came back from the provider: the checked claims, and nothing raw."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Person:
    """Who signed in, as the provider says; known by issuer and subject, never by e-mail.

    *auth_time* is None when the provider does not say when the person last proved who they are.
    *id_token* is kept for signing out at the provider only. *groups* is None when the claim is
    absent or cannot be understood; *acr* and *amr* tell how they proved it.
    """

    issuer: str
    subject: str
    name: str
    email: str
    auth_time: datetime | None
    sid: str | None
    id_token: str = field(repr=False)
    email_verified: bool = False
    groups: tuple[str, ...] | None = None
    acr: str = ""
    amr: tuple[str, ...] = ()


def tidy(value: object, *, most: int = 200) -> str:
    """Return *value* as one line of at most *most* characters; not a text gives an empty one."""
    if not isinstance(value, str):
        return ""
    return "".join(letter for letter in value if letter.isprintable())[:most].strip()


@dataclass(frozen=True, slots=True)
class Notice:
    """Whom the provider signed out: a session of theirs by *sid*, or all of a *subject*."""

    issuer: str
    sid: str | None
    subject: str | None
    jti: str
