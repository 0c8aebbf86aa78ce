"""``foundation doctor``: every part is looked at, what is bad is named, nothing is changed."""

from sqlalchemy import func, select

from foundation.auth.models import Key
from foundation.cli.doctor import doctor


async def test_it_looks_at_every_part_and_says_what_to_do(host, core_database) -> None:
    looked = await host(doctor)

    assert looked.exit_code == 1
    for words in (
        "the provider cannot be reached",
        "there, and up to date",
        "may be open at once",
        "it is the one that this database knows",
        "run: foundation admin bootstrap",
        "not set: all works",
    ):
        assert words in looked.output
    async with core_database.reading() as db:
        assert (await db.execute(select(func.count()).select_from(Key))).scalar_one() == 0


async def test_a_sealed_vault_and_a_database_that_is_away_are_bad(host) -> None:
    sealed = await host(doctor, FOUNDATION_KEYRING_FILE="/nowhere/ring")
    away = await host(doctor, FOUNDATION_DATABASE_URL="postgresql://u:canary@127.0.0.1:9/x")

    assert "the vault is sealed" in sealed.output
    assert "it cannot be reached" in away.output
    assert "canary" not in away.output


async def test_a_missing_setting_is_2(host) -> None:
    assert (await host(doctor, FOUNDATION_OIDC_ISSUER="")).exit_code == 2
