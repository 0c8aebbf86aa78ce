"""What commands on the host share: one line for what can be mended, and a name in the trail."""

import getpass

from sqlalchemy import select

from foundation.audit.models import AuditRow
from foundation.cli.admin import admin


async def test_what_was_done_is_told_as_by_the_user_of_the_host(host, core_database) -> None:
    assert (await host(admin, "bootstrap")).exit_code == 0

    async with core_database.reading() as db:
        row = (await db.execute(select(AuditRow))).scalar_one()
    assert (row.actor_type, row.actor_name) == ("system", f"cli:{getpass.getuser()}")
    assert row.type == "accounts.bootstrap.issued"


async def test_a_missing_setting_and_an_absent_database_are_one_line_and_2(host) -> None:
    missing = await host(admin, "bootstrap", FOUNDATION_PROVISIONING="nobody")
    away = await host(
        admin, "bootstrap", FOUNDATION_DATABASE_URL="postgresql://u:canary@127.0.0.1:9/x"
    )

    assert (missing.exit_code, away.exit_code) == (2, 2)
    assert "cannot be reached" in away.output
    assert "canary" not in away.output
