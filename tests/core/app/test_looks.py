"""What is looked at for health."""

import asyncio
import dataclasses

import pytest

from foundation.app import running
from foundation.app.looks import looks
from foundation.clock import SystemClock
from foundation.db.engine import Database
from foundation.plugins.added import Contributions
from foundation.plugins.breaker import IN_A_ROW
from foundation.plugins.contributions import Health, HealthCheck
from foundation.plugins.registry import Loaded, Registry, State
from foundation.plugins.warden import Warden
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


async def test_a_check_that_never_answers_rests_after_five_times_and_one_that_says_no_does_not(app):
    def no_answer(ctx):
        raise RuntimeError("boom")

    async def unwell(ctx):
        return Health(ok=False, detail="unwell")

    checks = (HealthCheck("dead", "Dead", no_answer), HealthCheck("unwell", "Unwell", unwell))
    added = Contributions(health_checks=checks)
    shop = Loaded("shop", "d", "1", State.STARTED, contributions=added)
    parts = dataclasses.replace(app.parts, registry=Registry((shop,)))
    warden = Warden(parts.registry, parts.database, parts.clock)
    seen = {look.name: look for look in looks(parts, FakeEdge(parts.database), warden)}
    for _ in range(IN_A_ROW):
        with pytest.raises(RuntimeError):
            await seen["shop.dead"].see()
        await seen["shop.unwell"].see()
    async with asyncio.timeout(60):
        while not warden.is_kept("shop", "health:dead"):
            await asyncio.sleep(0.02)

    assert (await seen["shop.unwell"].see()).detail == "unwell"
    assert (await seen["shop.dead"].see()).detail == "in quarantine, it failed too often"
    assert not warden.is_kept("shop", "health:unwell")


@dataclasses.dataclass
class FakeEdge:
    """The two things of an edge that a look needs."""

    database: Database

    def context(self, db, **of):
        return of["plugin"]
