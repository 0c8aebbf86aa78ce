"""Letting people in: who may, with which role, and who is the first admin."""

from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncSession

from foundation import ids
from foundation.auth import bootstrap, invitations, repository
from foundation.auth.groups import Synced, sync_roles
from foundation.auth.models import Invitation, User
from foundation.auth.permissions import Role
from foundation.auth.person import Person
from foundation.auth.refusal import Refused
from foundation.settings import Settings


@dataclass(frozen=True, slots=True)
class Admitted:
    """A user who may come in; *granted* is a role that this sign-in gave them.

    *before* are the roles they had; *groups* tells what the provider's groups made of them.
    """

    user: User
    roles: tuple[str, ...]
    is_new: bool
    granted: str | None
    before: tuple[str, ...] = ()
    invitation: Invitation | None = None
    groups: Synced = field(default_factory=Synced)


async def admit(
    db: AsyncSession, person: Person, *, settings: Settings, invite_hash: str = ""
) -> Admitted:
    """Return the user that *person* is, made on the first sign-in; raises `Refused`.

    Issuer and subject are the key. E-mail and name are shown and never link two accounts, but for
    an invitation to a verified address. A newcomer without one comes in where the settings let
    everybody in, and while the first admin's code waits.
    """
    _require_strength(person, settings)
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
    before = tuple((await repository.roles_of(db, [user.id])).get(user.id, []))
    invitation = await _invitation(db, person, settings=settings, invite_hash=invite_hash)
    offered = invitation.role if invitation is not None and not before else None
    granted = await _role_for(db, user, offered, settings=settings, is_new=is_new)
    if is_new and granted is None and invitation is None:
        await _require_welcome(db, settings)
    if invitation is not None:
        await invitations.accept(db, invitation, user_id=user.id)
    if granted is not None and granted not in before:
        await repository.replace_local_role(db, user.id, role=granted, by=None)
    synced = Synced()
    if settings.oidc_groups_claim:
        rules = settings.oidc_group_roles
        synced = await sync_roles(db, user.id, person.groups, rules=rules)
    roles = tuple((await repository.roles_of(db, [user.id])).get(user.id, []))
    return Admitted(user, roles, is_new, granted, before, invitation, synced)


def _require_strength(person: Person, settings: Settings) -> None:
    """Raise `Refused` unless the provider proved what the settings want; absent is weakest."""
    wanted = settings.oidc_required_acr
    if wanted and person.acr not in wanted:
        raise Refused("strength", "acr")
    if not set(settings.oidc_required_amr) <= set(person.amr):
        raise Refused("strength", "amr")


async def _invitation(
    db: AsyncSession, person: Person, *, settings: Settings, invite_hash: str
) -> Invitation | None:
    if settings.provisioning == "closed":
        return None
    return await invitations.invitation_for(db, person, token_hash=invite_hash)


async def _require_welcome(db: AsyncSession, settings: Settings) -> None:
    """Raise `Refused` for a newcomer whom nobody asked in."""
    if settings.provisioning != "jit" and not await bootstrap.is_open(db):
        raise Refused("not_invited", f"provisioning is {settings.provisioning}")


async def _role_for(
    db: AsyncSession, user: User, offered: str | None, *, settings: Settings, is_new: bool
) -> str | None:
    """Return the role that *user* gets now: as first admin, by invitation, or as a newcomer."""
    if settings.bootstrap_admin == f"{user.issuer}|{user.subject}":
        await repository.lock_admins(db)
        if await repository.other_admins(db) == 0:
            return Role.ADMIN
    if offered is not None:
        return offered
    if not is_new:
        return None
    for pair in settings.development_roles:  # the settings allow it in development only
        subject, _, role = pair.partition("=")
        if subject == user.subject:
            return Role(role)
    if settings.provisioning == "jit" and settings.jit_role != "none":
        return Role(settings.jit_role)
    return None
