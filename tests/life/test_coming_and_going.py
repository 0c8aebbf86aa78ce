"""A plugin comes, is switched off and on, goes, and is purged; what it leaves stays readable."""

import asyncio
import json
from contextlib import AsyncExitStack
from uuid import UUID

from sqlalchemy import text

from foundation.supervisor.keys import fresh_key
from foundation.testing.people import Events, SignIn, anonymous


async def add_customer(app, name="Ada"):
    viewer = await SignIn(app)("viewer")
    assert (await viewer.post("/api/customers", {"name": name})).status == 201
    return viewer


async def scalar(machine, sql, **given):
    database = machine.database()
    async with database.reading() as db:
        found = await db.scalar(text(sql), given)
    await database.dispose()
    return found


async def test_with_three_workers_the_first_sight_of_a_plugin_is_one_event(crm):
    async with AsyncExitStack() as stack:
        apps = await asyncio.gather(*(stack.enter_async_context(crm.worker()) for _ in range(3)))
        found = await Events(apps[0])("core.plugin.discovered")

    assert [entry.target.id for entry in found].count("crm") == 1
    assert found[0].actor.name == "foundation"
    async with crm.worker() as app:
        again = await Events(app)("core.plugin.discovered")
    assert len(again) == len(found)


async def test_a_disabled_plugin_is_absent_and_comes_back(crm):
    async with crm.worker() as app:
        await add_customer(app)

    off = await crm.command("disable", "crm")
    async with crm.worker() as app:
        viewer = await SignIn(app)("viewer")
        gone = await viewer.get("/api/customers")
        sections = [one["id"] for one in (await viewer.get("/api/shell")).json["sections"]]
    on = await crm.command("enable", "crm")
    async with crm.worker() as app:
        back = await (await SignIn(app)("viewer")).get("/api/customers")
        said = [(one.type, one.actor.name) for one in await Events(app)("core.plugin")]

    assert (off.exit_code, on.exit_code, gone.status) == (0, 0, 404)
    assert "no server runs on this data folder" in off.output
    assert "crm" not in sections
    assert (back.status, back.json) == (200, {"said": "1"})
    kinds = [kind for kind, _ in said if kind != "core.plugin.discovered"]
    assert kinds == ["core.plugin.disabled", "core.plugin.enabled"]
    assert all(name.startswith("cli:") for kind, name in said if kind in kinds)


async def test_the_environment_wins_over_the_switch_and_says_so(crm):
    async with crm.worker():
        pass
    await crm.command("disable", "crm")

    refused = await crm.command("enable", "crm", FOUNDATION_PLUGINS_DISABLED="crm")

    assert refused.exit_code == 1
    assert "FOUNDATION_PLUGINS_DISABLED names it" in refused.output


async def test_a_removal_shows_its_plan_and_keeps_all_data(crm, tmp_path):
    async with crm.worker() as app:
        await add_customer(app)

    dry = await crm.command("remove", "crm", "--dry-run")
    done = await crm.command("remove", "crm", "--yes", "--export", str(tmp_path / "out"))

    assert (dry.exit_code, done.exit_code) == (0, 0)
    for line in ("table crm.customers: 1 rows", "prefix: customers", "crm:customer:read"):
        assert line in dry.output
    assert "setting: FOUNDATION_CRM_URL" in dry.output
    assert "then: pip uninstall foundation-crm" in done.output
    (row,) = (tmp_path / "out" / "crm.customers.jsonl").read_text().splitlines()
    assert json.loads(row)["name"] == "Ada"
    assert (tmp_path / "out" / "crm.customers.jsonl").stat().st_mode & 0o77 == 0
    assert await scalar(crm, "SELECT count(*) FROM crm.customers") == 1


async def test_a_purge_after_uninstalling_leaves_nothing_but_a_readable_trail(crm, tmp_path):
    async with crm.worker() as app:
        await add_customer(app)
    crm.uninstall()
    listed = await crm.command("list")
    async with crm.worker() as app:
        admin = await SignIn(app)("admin")
        items = {one["id"]: one for one in (await admin.get("/api/plugins")).json["items"]}
        other = await admin.get("/api/projects")

    wrong = await crm.command("purge", "crm", "--yes", "something")
    done = await crm.command("purge", "crm", "--yes", "crm")

    assert (items["crm"]["state"], other.status) == ("removed", 200)
    assert items["crm"]["tables"] == [{"name": "customers", "rows": 1, "exact": True}]
    assert "foundation plugin purge crm" in listed.output
    assert (wrong.exit_code, done.exit_code) == (1, 0)
    assert "deleted 1 tables with 1 rows" in done.output
    assert await scalar(crm, "SELECT to_regnamespace('crm')::text") is None
    for table, column in (
        ("plugins", "id"),
        ("plugin_claims", "owner"),
        ("schema_info", "owner"),
        ("plugin_quarantine", "plugin"),
    ):
        left = f"SELECT count(*) FROM foundation.{table} WHERE {column} = 'crm'"
        assert await scalar(crm, left) == 0, table
    async with crm.worker(FOUNDATION_AUDIT_SIGNING_KEY_FILE=signing_key(tmp_path)) as app:
        admin = await SignIn(app)("admin")
        (row,) = (await admin.get("/api/audit?type=crm")).json["items"]
        opened = (await admin.get(f"/api/audit/{row['id']}")).json
        await app.parts.sealer.seal()
        await app.parts.sealer.publisher.publish()
        proof = (await admin.get(f"/api/audit/events/{row['id']}/proof")).json
        body = {"form": "ndjson", "filters": {"type": "crm"}}
        taken = (await admin.post("/api/audit/export", body)).json
        purged = await Events(app)("core.plugin.purged")
    assert opened["detail"] == {"name": "Ada"}
    assert (opened["title"], opened["installed"]) == ("Customer greeted", False)
    assert (taken["events"], row["id"] in taken["content"], proof["holds"]) == (1, True, True)
    assert (row["title"], row["plugin"]) == ("Customer greeted", "crm")
    assert row["installed"] is False
    assert purged[0].detail == {"tables": 1, "rows": 1, "claims": 4}


async def test_a_reinstall_finds_its_data_after_a_removal_and_none_after_a_purge(crm):
    async with crm.worker() as app:
        await add_customer(app)
    crm.uninstall()
    async with crm.worker():
        pass
    crm.install()
    async with crm.worker() as app:
        kept = (await (await SignIn(app)("viewer")).get("/api/customers")).json
    crm.uninstall()
    async with crm.worker():
        pass
    await crm.command("purge", "crm", "--yes", "crm")
    crm.install()
    async with crm.worker() as app:
        needs = await (await SignIn(app)("viewer")).get("/api/customers")
    assert (await crm.migrate())["crm"].ok
    async with crm.worker() as app:
        empty = (await (await SignIn(app)("viewer")).get("/api/customers")).json

    assert (kept, empty) == ({"said": "1"}, {"said": "0"})
    assert (needs.status, needs.code) == (503, "plugin_needs_migration")
    assert needs.json["command"] == "foundation db upgrade --plugin crm"


async def test_a_purge_refuses_what_is_on_and_what_others_depend_on(crm):
    async with crm.worker():
        on = await crm.command("purge", "crm", "--yes", "crm")
    await crm.command("disable", "crm")
    database = crm.database()
    async with database.transaction() as db:
        await db.execute(text("CREATE SCHEMA other"))
        await db.execute(
            text("CREATE TABLE other.visits (at uuid CONSTRAINT to_crm REFERENCES crm.customers)")
        )
    await database.dispose()

    refused = await crm.command("purge", "crm", "--yes", "crm")

    assert (on.exit_code, "foundation plugin disable crm" in on.output) == (1, True)
    assert (refused.exit_code, "other.visits: to_crm" in refused.output) == (1, True)
    assert await scalar(crm, "SELECT count(*) FROM crm.customers") == 0


async def test_a_user_can_be_deleted_while_a_plugin_that_references_them_is_away(crm):
    async with crm.worker() as app:
        await add_customer(app)
    keeper = "SELECT count(keeper) FROM crm.customers"
    before = await scalar(crm, keeper)

    await crm.command("disable", "crm")
    off = await deleted_with_its_user(crm)
    await crm.command("enable", "crm")
    crm.edit("plugin.py", "from pathlib", "import nope\nfrom pathlib")
    broken = await deleted_with_its_user(crm)
    crm.uninstall()
    gone = await deleted_with_its_user(crm)

    assert before == 1
    assert [off, broken, gone] == [("disabled", 0), ("import_error", 0), ("removed", 0)]


async def deleted_with_its_user(crm):
    """Let a worker start, delete all people; give the plugin's state and the keepers left.

    What is deleted is brought back, so that another state can be tried.
    """
    async with crm.worker():
        pass
    database = crm.database()
    async with database.transaction() as db:
        await db.execute(
            text("SELECT set_config('foundation.audited', pg_current_xact_id()::text, true)")
        )
        point = await db.begin_nested()
        await db.execute(text("DELETE FROM foundation.users"))
        left = await db.scalar(text("SELECT count(keeper) FROM crm.customers"))
        await point.rollback()
    await database.dispose()
    return await scalar(crm, "SELECT state FROM foundation.plugins WHERE id = 'crm'"), left


async def test_the_doctor_finds_what_is_orphaned_or_differs_each_with_its_command(crm):
    whole = await crm.command("doctor")
    async with crm.worker():
        crm.uninstall()
        crm.install("late", text=LATE)
        told = (await crm.command("doctor")).output

    assert (whole.exit_code, whole.output) == (0, "nothing is amiss\n")
    assert "crm: its tables are here, its distribution is not" in told
    assert "crm: holds 4 names and is not installed" in told
    assert "foundation plugin purge crm" in told
    assert "runs other plugins, or other versions, than are installed now" in told
    assert "kill -HUP" in told


def signing_key(folder):
    """Write a key that signs heads of the trail; return where it is."""
    file = folder / "signing.key"
    file.write_text(f"first {fresh_key()}\nactive first\n")
    file.chmod(0o400)
    return str(file)


LATE = """
from foundation.sdk import Manifest

manifest = Manifest(id="late", title="Late", api=">=1.0,<2")
"""


async def test_a_stranger_sees_no_plugin_and_an_id_is_a_uuid(crm):
    async with crm.worker() as app:
        got = await anonymous(app).get("/api/plugins")

    assert (got.status, bool(UUID(got.json["request_id"]))) == (401, True)
