"""Refusals in the trail: the first at once, the rest of the minute as one, never a 500."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from foundation.audit.record import Recorder, declared
from foundation.clock import SystemClock
from foundation.http.context import Context
from foundation.http.denials import ACCESS_DENIED, CSRF_REFUSED, Denials
from foundation.http.mount import mount
from foundation.http.plan import plans
from foundation.http.router import Router
from foundation.testing.client import Client

from .conftest import READ, WRITE, person


def router() -> Router:
    router = Router("things")

    @router.post("/", needs=WRITE)
    async def create(ctx: Context) -> None:
        return None

    return router


@pytest.fixture
async def told(product):
    """A client whose refusals are told, and what the trail has of them."""
    recorder = Recorder(declared([ACCESS_DENIED, CSRF_REFUSED]), SystemClock(), "1")
    denials = Denials(product.database, recorder, SystemClock())
    edge = replace(product.seen_by(person(READ)).edge, denials=denials)
    client = Client(mount(plans([("things", router())]), edge))

    async def rows():
        async with product.database.reading() as db:
            asked = text("SELECT type, reason, outcome, detail FROM foundation.audit_log")
            return [tuple(row) for row in await db.execute(asked)]

    yield client, rows, denials
    await denials.close()


async def test_a_missing_right_is_told_at_once_with_its_name(told) -> None:
    client, rows, _ = told

    assert (await client.post("/api/things")).status == 403

    ((type_, reason, outcome, detail),) = await rows()
    assert (type_, reason, outcome) == ("accounts.access.denied", "forbidden", "denied")
    assert detail["permission"] == WRITE.name
    assert (detail["method"], detail["route"], detail["count"]) == ("POST", "/api/things", 1)


async def test_repeats_become_one_event_with_their_count(told) -> None:
    client, rows, denials = told
    for _ in range(6):
        await client.post("/api/things")
    assert len(await rows()) == 1

    await denials.close()

    first, second = sorted(detail["count"] for *_, detail in await rows())
    assert (first, second) == (1, 5)
    assert [bool(detail["last_at"]) for *_, detail in await rows()].count(True) == 1


async def test_a065_another_site_is_a_refusal_of_its_own(told, product) -> None:
    _, rows, denials = told
    edge = replace(product.seen_by(person(WRITE)).edge, denials=denials)
    client = Client(mount(plans([("things", router())]), edge), origin="https://evil.example")

    assert (await client.post("/api/things")).code == "cross_site"

    assert [row[:2] for row in await rows()] == [("accounts.csrf.refused", "cross_site")]


async def test_a_refusal_is_told_on_another_connection_when_the_first_had_died(
    told, product
) -> None:
    client, rows, _ = told
    await product.cut()

    assert (await client.post("/api/things")).status == 403
    assert [row[0] for row in await rows()] == ["accounts.access.denied"]


async def test_without_a_trail_the_refusal_stands(told, product) -> None:
    client, *_ = told
    await product.database.dispose()
    await product.run("ALTER TABLE foundation.audit_log RENAME TO elsewhere")

    assert (await client.post("/api/things")).status == 403


async def test_a_13_40_ten_thousand_equal_denials_are_two_rows_with_exact_counts(told) -> None:
    client, rows, denials = told
    await client.post("/api/things")
    (refusal,) = denials._open  # one that was told, to tell it again
    for _ in range(9_999):
        await denials.tell(refusal, request_id="r")
    await denials.close()

    assert sorted(row[3]["count"] for row in await rows()) == [1, 9_999]
