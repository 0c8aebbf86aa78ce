"""What is looked at for health."""

from foundation.app import running
from foundation.clock import SystemClock
from foundation.secret import Secret
from foundation.settings import read_settings


async def test_health_names_every_part_and_no_detail_to_strangers(client):
    got = await client.get("/api/health")

    assert got.status == 200
    assert {part["name"] for part in got.json["parts"]} >= {"database", "vault", "plugins"}
    assert {part["detail"] for part in got.json["parts"]} == {None}


async def test_a_missing_ring_seals_the_vault_and_is_told_to_those_who_may_know(
    foundation_environ, database_url: Secret
):
    environ = dict(foundation_environ)
    del environ["FOUNDATION_KEYRING_FILE"]

    async with running(read_settings(environ), clock=SystemClock(), environ=environ) as app:
        vault = next(part for part in app.readiness() if part.name == "vault")

    assert (vault.ok, vault.required) == (False, True)
    assert "FOUNDATION_KEYRING_FILE" in vault.detail
