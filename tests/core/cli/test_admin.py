"""``foundation admin``: a code while there is no admin, and an admin when nobody else can."""

from foundation.auth import bootstrap, repository
from foundation.cli.admin import admin

ISSUER = "https://id.example.org"


async def test_the_code_that_is_printed_makes_the_first_admin(host, core_database, kit) -> None:
    user_id = await kit.add_user(core_database, subject="eve")

    printed = (await host(admin, "bootstrap")).stdout.strip()

    async with core_database.transaction() as db:
        assert await bootstrap.redeem(db, user_id, printed)
        await kit.audited(db)


async def test_with_an_admin_there_is_no_code(host, core_database, kit) -> None:
    await kit.add_user(core_database, roles=("admin",))

    refused = await host(admin, "bootstrap")

    assert refused.exit_code == 1
    assert "there is an admin already" in refused.output


async def test_somebody_is_made_admin_by_name_and_let_in(host, core_database, kit) -> None:
    user_id = await kit.add_user(core_database, subject="eve")
    async with core_database.transaction() as db:
        (await repository.find_user(db, user_id)).enabled = False
        await kit.audited(db)

    granted = await host(admin, "grant", ISSUER, "eve")
    newcomer = await host(admin, "grant", ISSUER, "not-yet-seen")

    assert granted.output == "Eve is an admin now\n"
    assert newcomer.exit_code == 0
    async with core_database.reading() as db:
        assert await repository.other_admins(db) == 2
