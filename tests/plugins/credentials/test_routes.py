"""The routes of credentials: who is let in, and what is refused at the door."""

import pytest

from foundation.sdk import Permission
from foundation_credentials.permissions import GRANT, READ, REVEAL, USE, WRITE
from foundation_credentials.routes import creds

SOME = "01900000-0000-7000-8000-000000000000"

MATRIX = [
    ("GET", "", READ),
    ("POST", "", WRITE),
    ("GET", "/kinds", READ),
    ("POST", "/test", WRITE),
    ("POST", "/export", REVEAL),
    ("POST", "/import", WRITE),
    ("GET", f"/{SOME}", READ),
    ("PATCH", f"/{SOME}", WRITE),
    ("PUT", f"/{SOME}/values", WRITE),
    ("POST", f"/{SOME}/reveal", REVEAL),
    ("DELETE", f"/{SOME}", WRITE),
    ("POST", f"/{SOME}/undelete", WRITE),
    ("POST", f"/{SOME}/test", USE),
    ("GET", f"/{SOME}/versions", READ),
    ("POST", f"/{SOME}/restore", WRITE),
    ("GET", f"/{SOME}/grants", READ),
    ("POST", f"/{SOME}/grants", GRANT),
    ("DELETE", f"/{SOME}/grants/etl", GRANT),
]


def test_the_table_above_names_every_route():
    assert len(MATRIX) == len(creds.routes)


def test_every_route_needs_a_permission():
    assert all(isinstance(route.needs, Permission) for route in creds.routes)


def test_what_lets_values_out_wants_a_recent_sign_in_and_nothing_else_does():
    fresh = [route.path for route in creds.routes if route.sensitive or route.needs.sensitive]

    assert fresh == ["/export", "/{id}/reveal", "/{id}/grants", "/{id}/grants/{plugin}"]


@pytest.mark.parametrize(("method", "path", "needs"), MATRIX)
async def test_a_stranger_is_told_to_sign_in(client, method, path, needs):
    answer = await client.send(method, f"/api/creds{path}", json={})

    assert answer.status == 401


@pytest.mark.parametrize(("method", "path", "needs"), [row for row in MATRIX if row[2] is not READ])
async def test_a_viewer_changes_and_reveals_nothing(viewer, method, path, needs):
    answer = await viewer.send(method, f"/api/creds{path}", json={}, if_match=1)

    assert answer.status == 403
    assert answer.json["permission"] == needs.name


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/slug", "/name", "/kind", "/values"}),
        ({"slug": 1, "name": "a", "kind": "basic", "values": {}}, {"/slug"}),
        ({"slug": "a", "name": " ", "kind": "basic", "values": {}}, {"/name"}),
        ({"slug": "a", "name": "a" * 201, "kind": "basic", "values": {}}, {"/name"}),
        ({"slug": "a", "name": "a", "kind": "basic", "values": {}, "colour": 1}, {"/colour"}),
        ({"slug": "a", "name": "a\0", "kind": "basic", "values": {}}, {"/name"}),
    ],
)
async def test_every_bad_field_is_named(operator, body, pointers):
    answer = await operator.post("/api/creds", body)

    assert answer.status == 422
    assert answer.pointers == pointers


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "201"}, {"colour": "red"}, {"kind": "x"}]
)
async def test_a_list_refuses_what_it_does_not_know(viewer, query):
    assert (await viewer.get("/api/creds", query=query)).status == 422


async def test_no_page_of_another_site_changes_anything(operator, new):
    answer = await operator.post("/api/creds", new, headers={"origin": "https://evil.example"})

    assert answer.status == 403
