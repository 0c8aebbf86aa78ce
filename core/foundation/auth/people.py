"""Letting people in: who may, with which role, and who is the first admin."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.auth import repository
from foundation.auth.models import User
from foundation.auth.permissions import Role
from foundation.auth.person import Person
from foundation.auth.refusal import Refused
from foundation.settings import Settings


@dataclass(frozen=True, slots=True)
class Admitted:
    """A user who may come in; *granted* is a role that this sign-in gave them."""

    user: User
    roles: tuple[str, ...]
    is_new: bool
    granted: Role | None


async def admit(db: AsyncSession, person: Person, *, settings: Settings) -> Admitted:
    """Return the user that *person* is, made on the first sign-in; raises `Refused`.

    Issuer and subject are the key. E-mail and name are shown and never link two accounts. A
    newcomer has no role until an admin gives one, with two exceptions that the settings name.
    """
    user, is_new = await repository.find_or_add_user(
        db, id=ids.uuid7(), issuer=person.issuer, subject=person.subject
    )
    if not user.enabled:
        raise Refused("not_allowed", "the user is disabled")
    if user.kind != "user":
        raise Refused("not_allowed", "a service account does not sign in")
    if person.name:
        user.name = person.name
    if person.email:
        user.email = person.email
    await db.flush()
    await repository.see_user(db, user.id)
    roles = (await repository.roles_of(db, [user.id])).get(user.id, [])
    granted = await _role_by_settings(db, user, settings=settings, is_new=is_new)
    if granted is not None:
        await repository.replace_local_role(db, user.id, role=granted, by=None)
        roles = [granted]
    return Admitted(user, tuple(roles), is_new, granted)


async def _role_by_settings(
    db: AsyncSession, user: User, *, settings: Settings, is_new: bool
) -> Role | None:
    """Return the role that the settings give *user* now: the first admin's, or a newcomer's."""
    if settings.bootstrap_admin == f"{user.issuer}|{user.subject}":
        await repository.lock_admins(db)
        if await repository.other_admins(db) == 0:
            return Role.ADMIN
    if not is_new:
        return None
    for pair in settings.development_roles:  # the settings allow it in development only
        subject, _, role = pair.partition("=")
        if subject == user.subject:
            return Role(role)
    return None
