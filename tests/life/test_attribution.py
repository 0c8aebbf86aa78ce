"""Whatever a plugin does bears its id: log line, statement, audit row, metric; a port the giver's."""

from foundation.telemetry.acting import acting_plugin
from foundation.testing.people import Events, SignIn


async def test_log_line_statement_and_audit_row_carry_the_plugins_id(crm):
    async with crm.worker() as app:
        viewer = await SignIn(app)("viewer")
        await viewer.get("/api/customers")
        said = (await viewer.get("/api/customers/statement")).json["said"]
        await viewer.get("/api/customers/fail")
        await viewer.post("/api/customers", {"name": "Ada"})
        (event,) = await Events(app)("crm")

    looked = next(line for line in crm.lines if line["event"] == "looked")
    failed = next(line for line in crm.lines if line["event"] == "request_failed")
    assert looked["plugin"] == "crm"
    assert failed["plugin"] == "crm"
    assert said.endswith("/* plugin=crm */")
    assert event.plugin == "crm"
    assert acting_plugin() is None
