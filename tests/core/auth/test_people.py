"""Who may come in, with which role: issuer and subject decide, and nothing that is shown."""

import asyncio

import pytest
from sqlalchemy import text

from foundation.auth import people, repository
from foundation.auth.permissions import Role
from foundation.auth.person import Person
from foundation.auth.refusal import Refused
from foundation.db.anew import asked_anew

ISSUER = "https://id.example.org"


def person(subject: str = "ada", **given) -> Person:
    return Person(
        **(
            {
                "issuer": ISSUER,
                "subject": subject,
                "name": subject.title(),
                "email": f"{subject}@example.org",
                "auth_time": None,
                "sid": None,
                "id_token": "",
            }
            | given
        )
    )


@pytest.fixture
def settings(kit):
    return kit.make_settings(bootstrap_admin=f"{ISSUER}|ada", development_roles="vera=viewer")


@pytest.fixture
def admit(core_database, settings, kit):
    async def admit(someone: Person, settings=settings):
        async with core_database.transaction() as db:
            admitted = await people.admit(db, someone, settings=settings)
            await kit.audited(db)
        return admitted

    return admit


async def test_a_newcomer_has_no_role(admit) -> None:
    admitted = await admit(person("eve"))

    assert (admitted.is_new, admitted.roles, admitted.granted) == (True, (), None)
    assert admitted.user.name == "Eve"


async def test_the_first_admin_is_whom_the_setting_names(admit) -> None:
    assert (await admit(person("ada"))).granted is Role.ADMIN
    again = await admit(person("ada"))
    assert (again.granted, again.roles, again.is_new) == (None, ("admin",), False)


async def test_the_setting_has_no_effect_while_there_is_an_admin(admit, core_database, kit) -> None:
    await kit.add_user(core_database, subject="other", roles=("admin",))

    assert (await admit(person("ada"))).roles == ()


async def test_the_same_subject_of_another_issuer_is_not_the_first_admin(admit) -> None:
    assert (await admit(person("ada", issuer="https://evil.example"))).roles == ()


async def test_five_first_sign_ins_at_once_make_one_admin(admit, core_database) -> None:
    granted = await asyncio.gather(*(admit(person("ada")) for _ in range(5)))

    assert [one.granted for one in granted].count(Role.ADMIN) == 1


async def test_the_first_admin_waits_for_whoever_changes_admins(admit, core_database) -> None:
    async with core_database.transaction() as db:
        await repository.lock_admins(db)
        # As at the edge, which asks anew when it waited too long for the lock.
        waiting = asyncio.create_task(asked_anew(lambda: admit(person("ada"))))
        await asyncio.sleep(0.2)
        assert not waiting.done()

    assert (await waiting).granted is Role.ADMIN


async def test_a_development_role_goes_to_newcomers_only(admit, kit, core_database) -> None:
    assert (await admit(person("vera"))).roles == ("viewer",)
    async with core_database.transaction() as db:
        await db.execute(text("DELETE FROM foundation.user_roles"))
        await kit.audited(db)
    assert (await admit(person("vera"))).roles == ()


async def test_a030_the_email_of_an_admin_links_nothing(admit) -> None:
    admin = await admit(person("ada"))
    impostor = await admit(person("eve", email="ada@example.org", name="Ada"))

    assert impostor.user.id != admin.user.id
    assert impostor.roles == ()


async def test_a031_a_name_of_admin_has_no_effect(admit) -> None:
    assert (await admit(person("eve", name="admin"))).roles == ()


async def test_a_disabled_person_is_refused(admit, core_database, kit) -> None:
    await admit(person("eve"))
    async with core_database.transaction() as db:
        await db.execute(text("UPDATE foundation.users SET enabled = false"))
        await kit.audited(db)

    with pytest.raises(Refused) as refused:
        await admit(person("eve"))
    assert refused.value.reason == "not_allowed"


async def test_a_service_account_does_not_sign_in(admit, core_database, kit) -> None:
    await admit(person("bot"))
    async with core_database.transaction() as db:
        await db.execute(text("UPDATE foundation.users SET kind = 'service'"))
        await kit.audited(db)

    with pytest.raises(Refused):
        await admit(person("bot"))


async def test_a_changed_name_is_taken_over_and_an_empty_one_is_not(admit) -> None:
    await admit(person("eve", name="Eve"))

    assert (await admit(person("eve", name="Eve Adams"))).user.name == "Eve Adams"
    assert (await admit(person("eve", name="", email=""))).user.email == "eve@example.org"


@pytest.mark.parametrize(
    ("given", "passes"),
    [
        ({}, False),
        ({"acr": "low", "amr": ("pwd", "otp")}, False),
        ({"acr": "high"}, False),
        ({"acr": "high", "amr": ("pwd",)}, False),
        ({"acr": "high", "amr": ("pwd", "otp")}, True),
    ],
)
async def test_a_sign_in_weaker_than_the_settings_want_is_refused(
    admit, kit, given, passes
) -> None:
    strict = kit.make_settings(
        bootstrap_admin=f"{ISSUER}|ada", oidc_required_acr="high", oidc_required_amr="otp"
    )
    if passes:
        assert (await admit(person("ada", **given), strict)).user.name == "Ada"
        return

    with pytest.raises(Refused) as refused:
        await admit(person("ada", **given), strict)

    assert refused.value.reason == "strength"
