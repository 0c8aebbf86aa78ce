"""Budget: counted for each person, within the last minute, by what the trail says they did."""

from types import SimpleNamespace

import pytest

from foundation.clock import SystemClock
from foundation.ids import uuid7
from foundation.ports import Trail
from foundation.sdk import TooMany
from foundation_credentials.events import REVEALED
from foundation_credentials.service.budget import spend


async def test_each_person_has_a_budget_of_their_own(admin, crm, database, told):
    body = {"field": "password", "reason": "a test"}
    assert (await admin.post(f"/api/creds/{crm['id']}/reveal", body)).status == 200
    (event,) = await told("credentials.secret.revealed")

    async with database.transaction() as db:

        def as_seen_by(id):
            return SimpleNamespace(
                principal=SimpleNamespace(id=id),
                db=db,
                clock=SystemClock(),
                get=lambda _: Trail(db),
            )

        with pytest.raises(TooMany) as refused:
            await spend(as_seen_by(event["actor"]["id"]), REVEALED, most=1)
        await spend(as_seen_by(event["actor"]["id"]), REVEALED, most=2)
        await spend(as_seen_by(uuid7()), REVEALED, most=1)
    assert refused.value.headers["Retry-After"] == "60"
