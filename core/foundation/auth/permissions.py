"""Permissions: one right each, named ``plugin:thing:verb``, and the two ways to need none."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """The three built-in roles, each holding what the one before it holds and more."""

    VIEWER = "viewer"
    OPERATOR = "operator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Permission:
    """One right that a route can need and a role can hold.

    *roles* is the proposal of who holds it; an admin always does. *sensitive* marks a right
    whose use wants a recent sign-in.
    """

    name: str
    title: str
    description: str = ""
    sensitive: bool = False
    roles: frozenset[Role] = frozenset()
    implies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Anybody who has signed in; the reason is listed in the reference."""

    reason: str


@dataclass(frozen=True, slots=True)
class Public:
    """Anybody at all; the reason is listed in the reference and on the Plugins page."""

    reason: str


Needs = Permission | SignedIn | Public
