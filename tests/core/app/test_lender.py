"""The lender: only what the run names, what was granted, and what its requester still may use."""

from uuid import UUID

import pytest
from sqlalchemy import text

from foundation.app.lender import Counter
from foundation.runs.lending import secrets_in
from foundation.runs.models import Run
from foundation.testing.people import Events, SignIn
from foundation.testing.site import announce

NEW = {
    "slug": "crm",
    "name": "CRM",
    "kind": "basic",
    "values": {"username": "ada-of-crm", "password": "hunter2", "url": "https://crm.example/api"},
}
REFERENCE = "${cred:crm.password}"


class World:
    """A Foundation, a credential in it, a run that names it, and the lender of its worker."""

    def __init__(self, app, credential, run_id, admin):
        self.app, self.credential, self.run_id, self.admin = app, credential, run_id, admin
        parts = app.parts
        self.counter = Counter(
            parts.database, parts.registry, parts.ring, parts.recorder, parts.clock
        )

    async def ask(self, what="credential", **more):
        async with self.app.parts.database.reading() as db:
            run = await db.get(Run, self.run_id)
        return await self.counter(run, {"what": what, "purpose": "load it", "name": "crm", **more})

    async def sql(self, words):
        async with self.app.parts.database.transaction() as db:
            await db.execute(text("SET LOCAL session_replication_role = replica"))
            await db.execute(text(words))


@pytest.fixture
async def world(platform, tmp_path, monkeypatch):
    announce(tmp_path / "site", "foundation-leaky", {"leaky": "foundation_leaky.plugin"})
    monkeypatch.syspath_prepend(tmp_path / "site")
    app = await platform("leaky", "credentials", FOUNDATION_LEAKY_TOKEN="its-own-token")
    sign_in = SignIn(app)
    operator, admin = await sign_in("operator"), await sign_in("admin")
    wanted = {"kind": "leaky.spill", "params": {"password": REFERENCE}}
    unknown = await operator.post("/api/runs", wanted)
    assert unknown.json["errors"][0]["pointer"] == "/params/password"
    made = (await operator.post("/api/creds", NEW)).json
    assert (await operator.post("/api/runs", wanted)).status == 422  # not granted yet
    assert (await admin.post(f"/api/creds/{made['id']}/grants", {"plugin": "leaky"})).status == 201
    run = await operator.post("/api/runs", wanted)
    assert run.status == 201, run.text
    return World(app, made["id"], UUID(run.json["id"]), admin)


async def test_a_run_gets_what_it_names_and_the_trail_says_so(world):
    lent = await world.ask()
    document = await world.ask("document", document={"of": REFERENCE})
    settings = await world.ask("settings")

    assert secrets_in(document) == [lent["lent"]["values"]["password"]]
    assert lent["lent"]["plain"] == ["url", "username"]
    assert lent["lent"]["urls"] == ("https://crm.example/api",)
    assert [secret.reveal() for secret in secrets_in(settings)] == ["its-own-token"]
    told = await Events(world.app)("credentials.secret.used")
    assert {(one.request_id, one.actor.type) for one in told} == {(str(world.run_id), "user")}
    assert told[0].detail["plugin"] == "leaky"
    assert told[0].detail["purpose"] == "run of leaky.spill: load it"


async def test_what_is_not_named_or_not_granted_is_not_lent(world):
    other = {"of": "${cred:crm.username}"}
    refusals = [
        await world.ask(name=world.credential),
        await world.ask("document", document=other),
        await world.ask(name="canary"),  # the settings name it, and it does not exist
    ]
    await world.admin.delete(f"/api/creds/{world.credential}/grants/leaky")
    refusals.append(await world.ask())

    words = [one["refused"] for one in refusals]
    assert words == ["not_named", "not_named", "not_found", "not_granted"]
    assert not any(one["retryable"] for one in refusals)
    assert await Events(world.app)("credentials.secret.used") == []


async def test_a_requester_who_lost_the_right_opens_nothing_and_tampering_is_told(world):
    await world.sql("UPDATE credentials.secrets SET ct = ''")
    assert (await world.ask())["refused"] == "seal_broken"
    assert len(await Events(world.app)("credentials.secret.open_failed")) == 1

    await world.sql("UPDATE foundation.user_roles SET role = 'viewer'")
    assert (await world.ask())["refused"] == "forbidden"
    await world.sql("UPDATE foundation.users SET enabled = false")
    assert "may not sign in" in (await world.ask())["detail"]
