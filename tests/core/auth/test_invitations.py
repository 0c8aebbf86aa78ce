"""Invitations bind by link and verified address together, once, and for a while."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from foundation.auth import invitations, people
from foundation.auth.person import Person
from foundation.auth.refusal import Refused


@pytest.fixture
def settings(kit):
    return kit.make_settings(provisioning="invite")


@pytest.fixture
def invite(core_database, kit):
    async def invite(email="eve@example.org", role="operator"):
        async with core_database.transaction() as db:
            invited = await invitations.invite(
                db, email=email, role=role, life=timedelta(days=1), by=None
            )
            await kit.audited(db)
        return invited

    return invite


@pytest.fixture
def come(core_database, kit, settings):
    async def come(
        token, *, subject="eve", email="eve@example.org", verified=True, settings=settings
    ):
        person = Person(
            issuer="https://id.example.org", subject=subject, name="Eve", email=email,
            auth_time=None, sid=None, id_token="", email_verified=verified,
        )  # fmt: skip
        hashed = invitations.hash_of_invitation(token).hex() if token else ""
        async with core_database.transaction() as db:
            admitted = await people.admit(db, person, settings=settings, invite_hash=hashed)
            await kit.audited(db)
        return admitted

    return come


async def test_an_invited_newcomer_comes_in_with_the_role(invite, come, clock) -> None:
    invited = await invite(email="Eve@Example.org")

    admitted = await come(invited.token)

    assert (admitted.is_new, admitted.roles) == (True, ("operator",))
    assert admitted.invitation.id == invited.invitation.id


async def test_without_an_invitation_a_newcomer_is_refused(come) -> None:
    with pytest.raises(Refused) as refused:
        await come("")
    assert refused.value.reason == "not_invited"


@pytest.mark.parametrize("verified", [False, None, "true", 1])
async def test_a030_an_address_that_is_not_verified_binds_nothing(invite, come, verified) -> None:
    invited = await invite()

    with pytest.raises(Refused):
        await come(invited.token, verified=verified)


async def test_a030_another_address_binds_nothing_and_neither_does_the_address_alone(
    invite, come
) -> None:
    invited = await invite()

    with pytest.raises(Refused):
        await come(invited.token, email="mallory@example.org")
    with pytest.raises(Refused):
        await come("a-token-of-nobody")
    assert (await come(invited.token)).invitation is not None


async def test_an_invitation_is_accepted_once(invite, come) -> None:
    invited = await invite()
    await come(invited.token)

    with pytest.raises(Refused):
        await come(invited.token, subject="eve-again")
    assert (await come(invited.token)).invitation is None  # but who was let in comes again


async def test_an_invitation_never_takes_a_role(invite, come, core_database, kit) -> None:
    await kit.add_user(core_database, subject="eve", roles=("admin",))

    admitted = await come((await invite(role="viewer")).token)

    assert admitted.roles == ("admin",)


async def test_an_expired_or_revoked_one_does_not_count(invite, come, core_database, kit) -> None:
    old, revoked = await invite(), await invite()
    async with core_database.transaction() as db:
        past = "UPDATE foundation.invitations SET expires_at = now() WHERE id = :id"
        await db.execute(text(past), {"id": old.invitation.id})
        assert await invitations.revoke_invitation(db, revoked.invitation.id) is not None
        assert await invitations.revoke_invitation(db, revoked.invitation.id) is None
        await kit.audited(db)

    for invited in (old, revoked):
        with pytest.raises(Refused):
            await come(invited.token)


async def test_closed_lets_in_nobody_new_and_jit_everybody(invite, come, kit) -> None:
    invited = await invite()
    with pytest.raises(Refused):
        await come(invited.token, settings=kit.make_settings(provisioning="closed"))

    jit = kit.make_settings(provisioning="jit", jit_role="viewer")
    assert (await come("", settings=jit)).roles == ("viewer",)


async def test_its_state_is_told(invite, clock) -> None:
    row = (await invite()).invitation

    assert invitations.state_of(row, now=row.created_at) == "open"
    assert invitations.state_of(row, now=row.expires_at) == "expired"
    row.accepted_at = row.created_at
    assert invitations.state_of(row, now=row.expires_at) == "accepted"
