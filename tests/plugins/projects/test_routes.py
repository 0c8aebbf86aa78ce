"""The routes of projects: who is let in, and what is refused at the door."""

import pytest

from foundation.sdk import Permission
from foundation_projects.permissions import ATTACH, READ, WRITE
from foundation_projects.routes import projects

SOME = "01900000-0000-7000-8000-000000000000"

MATRIX = [
    ("GET", "", READ),
    ("POST", "", WRITE),
    ("GET", f"/{SOME}", READ),
    ("PATCH", f"/{SOME}", WRITE),
    ("POST", f"/{SOME}/archive", WRITE),
    ("POST", f"/{SOME}/restore", WRITE),
    ("GET", f"/{SOME}/credentials", READ),
    ("POST", f"/{SOME}/credentials", ATTACH),
    ("DELETE", f"/{SOME}/credentials/{SOME}", ATTACH),
]


def test_the_table_above_names_every_route():
    assert len(MATRIX) == len(projects.routes)


def test_every_route_needs_a_permission():
    assert all(isinstance(route.needs, Permission) for route in projects.routes)


@pytest.mark.parametrize(("method", "path", "needs"), MATRIX)
async def test_a_stranger_is_told_to_sign_in(client, method, path, needs):
    answer = await client.send(method, f"/api/projects{path}", json={})

    assert answer.status == 401


@pytest.mark.parametrize(("method", "path", "needs"), [row for row in MATRIX if row[2] is not READ])
async def test_a_viewer_changes_nothing(viewer, method, path, needs):
    answer = await viewer.send(method, f"/api/projects{path}", json={}, if_match=1)

    assert answer.status == 403
    assert answer.json["permission"] == needs.name


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/slug", "/name"}),
        ({"slug": "A b", "name": 1}, {"/slug", "/name"}),
        ({"slug": "a", "name": "a", "status": "archived"}, {"/status"}),
        ({"slug": "a", "name": "a", "description": "a" * 4001}, {"/description"}),
    ],
)
async def test_every_bad_field_is_named(operator, body, pointers):
    answer = await operator.post("/api/projects", body)

    assert answer.status == 422
    assert answer.pointers == pointers


@pytest.mark.parametrize("id", ["1", "apollo", SOME])
async def test_what_is_not_there_is_not_found(operator, id):
    assert (await operator.get(f"/api/projects/{id}")).status == 404
    assert (await operator.post(f"/api/projects/{id}/archive")).status == 404


async def test_a_credential_is_named_by_its_id(operator, apollo):
    answer = await operator.post(
        f"/api/projects/{apollo['id']}/credentials", {"credential_id": "crm"}
    )

    assert answer.status == 422
    assert answer.pointers == {"/credential_id"}
