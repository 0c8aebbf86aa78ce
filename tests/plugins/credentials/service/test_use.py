"""Use: only by a plugin that was granted it, told before the value is handed over."""

from uuid import UUID

import pytest
from sqlalchemy import text

from foundation.sdk import EgressRefused, Invalid, NotFound, SealBroken, Secret
from foundation_credentials.service.use import Expired, NoHost, NotGranted


async def test_a_granted_plugin_gets_the_values_by_slug_and_by_id(crm, grant, vault_for):
    await grant(crm, "etl")

    async with vault_for("etl") as vault:
        for name in ("crm", UUID(crm["id"])):
            async with vault.use(name, purpose="load orders") as used:
                assert used.values == {"username": Secret("ada"), "password": Secret("hunter2")}
                assert used.ref.slug == "crm"
                assert "hunter2" not in repr(used)


async def test_each_use_is_told_with_plugin_and_purpose(crm, grant, vault_for, told):
    await grant(crm, "etl")
    async with vault_for("etl") as vault, vault.use("crm", purpose="load orders"):
        pass

    (event,) = await told("credentials.secret.used")
    assert event["detail"] == {
        "plugin": "etl",
        "purpose": "load orders",
        "fields": ["username", "password"],
    }


async def test_another_plugin_gets_nothing_and_nothing_is_told(crm, grant, vault_for, told):
    await grant(crm, "etl")

    async with vault_for("recos") as vault:
        with pytest.raises(NotGranted):
            async with vault.use("crm", purpose="x"):
                pytest.fail("it was handed over")
    assert await told("credentials.secret.used") == []


async def test_a_grant_taken_back_ends_the_use(admin, crm, grant, vault_for):
    await grant(crm, "etl")
    await admin.delete(f"/api/creds/{crm['id']}/grants/etl")

    async with vault_for("etl") as vault:
        with pytest.raises(NotGranted):
            async with vault.use("crm", purpose="x"):
                pass


async def test_a_deleted_credential_is_not_used(operator, crm, grant, vault_for):
    await grant(crm, "etl")
    await operator.delete(f"/api/creds/{crm['id']}", if_match=1)

    async with vault_for("etl") as vault:
        with pytest.raises(NotFound):
            async with vault.use(UUID(crm["id"]), purpose="x"):
                pass


@pytest.mark.parametrize("blocks", [True, False])
async def test_an_expired_credential_is_used_unless_it_says_not(
    operator, crm, grant, vault_for, blocks
):
    await grant(crm, "etl")
    past = {"expires_at": "2020-01-01T00:00:00Z", "block_expired": blocks}
    assert (await operator.patch(f"/api/creds/{crm['id']}", past, if_match=1)).status == 200

    async with vault_for("etl") as vault:
        use = vault.use("crm", purpose="x")
        if blocks:
            with pytest.raises(Expired):
                await use.__aenter__()
        else:
            async with use as used:
                assert used.values["password"] == Secret("hunter2")


async def test_a114_no_value_is_handed_over_when_its_event_cannot_be_written(
    crm, grant, vault_for, database
):
    await grant(crm, "etl")
    async with database.transaction() as db:
        await db.execute(
            text("ALTER TABLE foundation.audit_log ADD CONSTRAINT shut CHECK (false) NOT VALID")
        )

    async with vault_for("etl") as vault:
        with pytest.raises(Exception, match="shut"):
            async with vault.use("crm", purpose="x"):
                pytest.fail("it was handed over")


async def test_a_value_that_does_not_open_is_told_and_not_used(
    crm, grant, vault_for, database, told
):
    await grant(crm, "etl")
    async with database.transaction() as db:
        await db.execute(text("SET LOCAL session_replication_role = replica"))
        await db.execute(text("UPDATE credentials.secrets SET ct = ''"))

    async with vault_for("etl") as vault:
        with pytest.raises(SealBroken):
            async with vault.use("crm", purpose="x"):
                pass
    assert len(await told("credentials.secret.open_failed")) == 1


async def test_references_are_checked_when_saved_and_each_is_named(crm, grant, vault_for):
    await grant(crm, "etl")
    document = {
        "ok": "${cred:crm.password}",
        "unknown": "${cred:nobody.password}",
        "field": {"$cred": "crm", "field": "colour"},
    }

    async with vault_for("etl") as vault:
        with pytest.raises(Invalid) as refused:
            await vault.check(document)
    assert {problem.pointer for problem in refused.value.errors} == {"/unknown", "/field"}
    assert "hunter2" not in repr(refused.value.errors)


async def test_references_are_resolved_at_use_with_one_event(crm, grant, vault_for, told):
    await grant(crm, "etl")
    document = {"a": "${cred:crm.password}", "b": ["${cred:crm.username}", "$${cred:x}"]}

    async with vault_for("etl") as vault, vault.resolved(document, purpose="run 7") as whole:
        assert whole == {"a": Secret("hunter2"), "b": [Secret("ada"), "${cred:x}"]}
    assert len(await told("credentials.secret.used")) == 1


async def test_a_client_signs_in_at_the_credentials_host_and_nowhere_else(
    operator, new, grant, vault_for, listening
):
    async with listening(b"HTTP/1.1 204 No Content\r\n\r\n") as (port, heard):
        url = f"http://localhost:{port}/api"
        values = {"token": "t0ken-t0ken", "url": url}
        made = await operator.post("/api/creds", new | {"kind": "bearer", "values": values})
        await grant(made.json, "etl")
        async with vault_for("etl", inside="localhost") as vault:
            async with vault.use("crm", purpose="x") as used:
                assert (await used.http().request("GET", url)).status == 204
                with pytest.raises(EgressRefused):
                    await used.http().request("GET", f"http://127.0.0.1:{port}/")
    assert len(heard) == 1
    assert b"authorization: bearer t0ken-t0ken" in heard[0].lower()


async def test_a_credential_without_a_host_gives_no_client(crm, grant, vault_for):
    await grant(crm, "etl")

    async with vault_for("etl") as vault, vault.use("crm", purpose="x") as used:
        with pytest.raises(NoHost):
            used.http()
