"""Bad input on every route of every plugin: a problem with code, field and request id, never a 500.

The routes are walked, so a new one is covered the moment it exists.
"""

import json

import pytest

from foundation import ids
from foundation.auth.permissions import Public
from foundation.http.plan import Plan

from .hostile import (
    HOSTILE_BODIES,
    HOSTILE_QUERIES,
    OF_A_JOB,
    UNSAFE,
    WRONG_IDS,
    WRONG_VALUES,
    body_of,
    check,
    filled,
    spelled,
    version,
)


@pytest.fixture
async def admin(client_as):
    return await client_as("admin")


@pytest.fixture
def routes(app) -> list[Plan]:
    assert len(app.plans) > 20
    # Signing out would end the session that asks.
    return [plan for plan in app.plans if plan.url != "/api/auth/logout"]


async def test_a_hostile_body_is_a_problem_on_every_route(admin, routes):
    for plan in routes:
        if plan.route.method not in UNSAFE or plan.route.form:
            continue
        for name, body in HOSTILE_BODIES.items():
            got = await admin.send(
                plan.route.method, filled(plan), body=body, if_match=version(plan)
            )
            check(got, (spelled(plan), name), 400, 413, 422)


async def test_a_body_that_is_missing_names_itself(admin, routes):
    for plan in routes:
        if plan.body is not None and plan.body.model_fields and not plan.route.form:
            got = await admin.send(plan.route.method, filled(plan), if_match=version(plan))
            check(got, spelled(plan), 422)
            assert got.pointers == {""}, spelled(plan)


async def test_a_wrong_value_in_any_field_names_that_field(admin, routes):
    for plan in routes:
        if plan.body is None or plan.route.form:
            continue
        for field in plan.body.model_fields:
            for value in WRONG_VALUES:
                got = await admin.send(
                    plan.route.method, filled(plan), json={field: value}, if_match=version(plan)
                )
                where = (spelled(plan), field, str(value)[:20])
                # Signing in asks a provider, which the tests do not have.
                assert got.status < 500 or got.code == "unavailable", (where, got.body[:300])
                if got.status == 422 and got.code == "invalid":
                    assert all(pointer.startswith("/") or pointer == "" for pointer in got.pointers)
                    check(got, where, 422)


async def test_a_wrong_value_beside_right_ones_is_never_a_fault(admin, routes):
    """With all other fields right, a value gets as far as it can: to the service, to the table."""
    for plan in routes:
        if plan.body is None:
            continue
        for field in plan.body.model_fields:
            for value in (*WRONG_VALUES, "\u0130", "a\u0301", "' OR 1=1 --", "\ufffe", "\x7f"):
                got = await admin.send(
                    plan.route.method,
                    filled(plan),
                    json=body_of(plan) | {field: value},
                    if_match=version(plan),
                )
                where = (spelled(plan), field, str(value)[:20], got.body[:300])
                assert got.status < 500 or got.code == "unavailable", where


async def made(admin, plan: Plan, plans: list[Plan]) -> str | None:
    """Make a thing that *plan* is about, if its collection can; return its id."""
    collection = plan.url.partition("/{")[0]
    maker = next((one for one in plans if one.keyed and one.url == collection), None)
    if maker is None:
        return None
    body = body_of(maker)
    if "slug" in body:
        body["slug"] = f"a{ids.uuid7().hex}"
    got = await admin.post(collection, body)
    assert got.status == 201, (spelled(maker), got.body)
    return str(got.json["id"])


async def test_a_stale_version_is_412_with_both_and_changes_nothing(admin, routes):
    tried = 0
    for plan in routes:
        if not plan.wants_version or len(plan.path) > 1:  # what lies below another: its own tests
            continue
        id = await made(admin, plan, routes)
        if id is None:
            continue
        tried += 1
        place = plan.url.partition("/{")[0] + "/" + id
        before = (await admin.get(place)).json
        body = {} if plan.body is None else {"json": body_of(plan)}
        got = await admin.send(plan.route.method, filled(plan, id), if_match=99, **body)

        check(got, spelled(plan), 412)
        assert (got.json["expected"], got.json["version"]) == (99, before["version"])
        assert got.headers["etag"] == f'"{before["version"]}"'
        assert (await admin.get(place)).json == before
        await admin.delete(place, if_match=before["version"])
    assert tried


async def test_a_creation_sent_again_with_its_key_is_done_once(admin, routes, events):
    for plan in routes:
        if plan.keyed and not plan.path and spelled(plan) not in OF_A_JOB:
            body = body_of(plan)
            first = await admin.post(plan.url, body, idempotency_key=plan.url)
            told = await events.types()
            again = await admin.post(plan.url, body, idempotency_key=plan.url)

            assert (first.status, again.status) == (201, 201), spelled(plan)
            assert again.json == first.json, spelled(plan)
            assert await events.types() == told, spelled(plan)


async def test_an_unknown_field_is_named_on_every_route(admin, routes):
    for plan in routes:
        if plan.route.method in UNSAFE and not plan.route.form:
            got = await admin.send(
                plan.route.method, filled(plan), json={"nobodys": 1}, if_match=version(plan)
            )
            check(got, spelled(plan), 422)
            assert "/nobodys" in got.pointers, spelled(plan)


async def test_another_type_than_json_is_415_on_every_route(admin, routes):
    for plan in routes:
        if plan.route.method in UNSAFE and not plan.route.form:
            for media in ("text/plain", "multipart/form-data", "application/json; charset=utf-7"):
                got = await admin.send(
                    plan.route.method,
                    filled(plan),
                    body=b"{}",
                    headers={"content-type": media},
                    if_match=version(plan),
                )
                check(got, (spelled(plan), media), 415)


async def test_a_body_over_the_limit_is_413_on_every_route(admin, routes):
    for plan in routes:
        if plan.route.method in UNSAFE:
            body = json.dumps({"name": "x" * plan.route.max_body}).encode()
            for told in (str(len(body)), ""):
                got = await admin.send(
                    plan.route.method,
                    filled(plan),
                    body=body,
                    headers={"content-length": told},
                    if_match=version(plan),
                )
                check(got, (spelled(plan), told), 413)


async def test_a_hostile_query_is_a_problem_or_ignored_by_a_route_for_other_sites(admin, routes):
    for plan in routes:
        for query in HOSTILE_QUERIES:
            got = await admin.send(plan.route.method, filled(plan) + "?" + query)
            assert got.status < 500 or got.code == "unavailable", (spelled(plan), query[:40])
            if not plan.route.cross_site and plan.route.method == "GET":
                check(got, (spelled(plan), query[:40]), 400, 404, 422)


async def test_a_wrong_id_is_404_on_every_route(admin, routes):
    for plan in routes:
        for wrong in WRONG_IDS:
            if plan.path:
                got = await admin.send(
                    plan.route.method, filled(plan, wrong), json={}, if_match=version(plan)
                )
                check(got, (spelled(plan), wrong), 404, 405, 422)


async def test_an_id_of_nothing_is_never_an_answer(admin, routes):
    for plan in routes:
        if plan.path and plan.route.method in {"GET", "DELETE"}:
            got = await admin.send(
                plan.route.method, filled(plan, str(ids.uuid7())), if_match=version(plan)
            )
            check(got, spelled(plan), 404)


async def test_an_update_without_a_version_of_ours_is_refused(admin, routes):
    for plan in routes:
        if plan.wants_version:
            for tag, status in (("", 428), ("*", 400), ("1", 400), ('"x"', 400), ('"1", "2"', 400)):
                got = await admin.send(
                    plan.route.method, filled(plan), headers={"if-match": tag}, body=b"{}"
                )
                check(got, (spelled(plan), tag), status, 422)


async def test_another_site_changes_nothing_on_any_route(admin, routes):
    for plan in routes:
        if plan.route.method in UNSAFE and not plan.route.cross_site:
            for headers in (
                {"origin": "https://evil.example"},
                {"origin": "null"},
                {"origin": ""},
                {"sec-fetch-site": "cross-site"},
                {"sec-fetch-site": "same-site"},
            ):
                got = await admin.send(plan.route.method, filled(plan), headers=headers)
                check(got, (spelled(plan), headers), 403)


async def test_somebody_without_a_role_is_refused_on_every_route_that_needs_one(client_as, routes):
    nobody = await client_as(None)
    for plan in routes:
        if type(plan.route.needs).__name__ == "Permission":
            got = await nobody.send(plan.route.method, filled(plan), if_match=version(plan))
            check(got, spelled(plan), 403)


async def test_a_hostile_header_is_never_a_fault(admin, routes):
    for plan in routes:
        if plan.route.method != "GET" or isinstance(plan.route.needs, Public):
            continue
        for headers in (
            {"user-agent": "\x1b[31m" + "x" * 50_000},
            {"if-none-match": "\xff, *, W/"},
            {"accept": "*" * 5_000},
            {"cookie": "__Host-foundation_session=a; __Host-foundation_session=b"},
            {"cookie": ";;;=;=x;" + "a" * 5_000},
            {"authorization": "Basic YTpi"},
            {"authorization": "Bearer " + "x" * 600},
            {"idempotency-key": "\xff"},
        ):
            got = await admin.send(plan.route.method, filled(plan), headers=headers)
            assert got.status < 500, (spelled(plan), headers, got.body[:300])
