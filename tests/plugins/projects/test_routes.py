"""The routes of projects: who is let in at the door, and what is refused there."""

import pytest
from sqlalchemy import event

from foundation.sdk import Permission
from foundation_projects.permissions import ENTER, TAKE_PART, WRITE
from foundation_projects.routes import projects

SOME = "01900000-0000-7000-8000-000000000000"

MATRIX = [
    ("GET", "", ENTER),
    ("POST", "", WRITE),
    ("GET", "/facets", ENTER),
    ("GET", f"/{SOME}", ENTER),
    ("PATCH", f"/{SOME}", TAKE_PART),
    ("POST", f"/{SOME}/archive", TAKE_PART),
    ("POST", f"/{SOME}/restore", TAKE_PART),
    ("GET", f"/{SOME}/purge", TAKE_PART),
    ("POST", f"/{SOME}/purge", TAKE_PART),
    ("PUT", f"/{SOME}/owner", TAKE_PART),
    ("GET", f"/{SOME}/members", ENTER),
    ("POST", f"/{SOME}/members", TAKE_PART),
    ("GET", f"/{SOME}/candidates", TAKE_PART),
    ("PATCH", f"/{SOME}/members/{SOME}", TAKE_PART),
    ("DELETE", f"/{SOME}/members/{SOME}", TAKE_PART),
    ("GET", f"/{SOME}/credentials", ENTER),
    ("POST", f"/{SOME}/credentials", TAKE_PART),
    ("DELETE", f"/{SOME}/credentials/{SOME}", TAKE_PART),
    ("GET", f"/{SOME}/history", ENTER),
]
BODIES = {
    "/purge": {"slug": "apollo"},
    "/owner": {"user_id": SOME},
    "/members": {"user_id": SOME, "role": "viewer"},
    f"/members/{SOME}": {"role": "editor"},
    "/credentials": {"credential_id": SOME},
}


def test_the_table_above_names_every_route():
    assert {(method, path.replace(SOME, "*")) for method, path, _ in MATRIX} == {
        (route.method, _shape(route.path)) for route in projects.routes
    }


def _shape(path: str) -> str:
    parts = path.rstrip("/").split("/")
    return "/".join("*" if part.startswith("{") else part for part in parts)


def test_every_route_needs_a_permission():
    found = {(route.method, _shape(route.path)): route.needs for route in projects.routes}

    assert all(isinstance(needs, Permission) for needs in found.values())
    assert found == {(m, path.replace(SOME, "*")): needs for m, path, needs in MATRIX}


async def test_a_stranger_is_told_to_sign_in_and_somebody_without_rights_is_refused(
    client, client_as
):
    nobody = await client_as(None)
    for method, path, needs in MATRIX:
        told = await client.send(method, f"/api/projects{path}", json={})
        refused = await nobody.send(method, f"/api/projects{path}", if_match=1)

        assert told.status == 401, path
        assert (refused.status, refused.json["permission"]) == (403, needs.name), path


async def test_to_an_outsider_no_project_is_there_whatever_they_ask_of_it(guest, apollo):
    outsider, _ = await guest("olga")

    assert (await outsider.get("/api/projects")).json["items"] == []
    for method, path, _ in MATRIX[3:]:
        there = path.replace(SOME, apollo["id"], 1)
        tail = path.removeprefix(f"/{SOME}")
        body = BODIES.get(tail) if method in {"POST", "PUT", "PATCH"} else None
        body = {"name": "Mine"} if (method, tail) == ("PATCH", "") else body
        options = {} if body is None else {"json": body}
        real = await outsider.send(method, f"/api/projects{there}", if_match=1, **options)
        none = await outsider.send(method, f"/api/projects{path}", if_match=1, **options)

        assert (real.status, none.status) == (404, 404), (method, path, real.text)
        assert real.json["detail"] == none.json["detail"] == "no such project"


async def test_whoever_only_sees_a_project_changes_nothing_of_it(viewer, guest, admin, apollo):
    ada, id = await guest("ada")
    path = f"/api/projects/{apollo['id']}"
    await admin.post(f"{path}/members", {"user_id": id, "role": "viewer"})
    for who in (viewer, ada):
        for method, tail, body in (
            ("PATCH", "", {"name": "X"}),
            ("POST", "/archive", None),
            ("POST", "/purge", {"slug": "apollo"}),
            ("GET", "/purge", None),
            ("PUT", "/owner", {"user_id": id}),
            ("POST", "/members", {"user_id": id}),
            ("GET", "/candidates", None),
            ("POST", "/credentials", {"credential_id": SOME}),
        ):
            options = {} if body is None else {"json": body}
            answer = await who.send(method, path + tail, if_match=1, **options)

            assert answer.status == 403, (tail, answer.text)
            assert answer.json["role"] in {"editor", "owner"}


async def test_every_bad_field_is_named(operator, apollo):
    for body, pointers in (
        ({}, {"/slug", "/name"}),
        ({"slug": "A b", "name": 1}, {"/slug", "/name"}),
        ({"slug": "a", "name": "a", "status": "archived"}, {"/status"}),
        ({"slug": "a", "name": "a", "tags": ["A b"]}, {"/tags/0"}),
        ({"slug": "a", "name": "a", "description": "a" * 4001}, {"/description"}),
    ):
        answer = await operator.post("/api/projects", body)

        assert (answer.status, answer.pointers) == (422, pointers)
    path = f"/api/projects/{apollo['id']}/credentials"
    assert (await operator.post(path, {"credential_id": "crm"})).pointers == {"/credential_id"}


async def test_what_changes_a_project_says_which_version_it_saw(operator, apollo):
    path = f"/api/projects/{apollo['id']}"
    for method, tail, body in (
        ("PATCH", "", {"name": "X"}),
        ("POST", "/archive", None),
        ("POST", "/restore", None),
        ("POST", "/purge", {"slug": "apollo"}),
        ("PUT", "/owner", {"user_id": SOME}),
        ("PATCH", f"/members/{SOME}", {"role": "editor"}),
        ("DELETE", f"/members/{SOME}", None),
    ):
        options = {} if body is None else {"json": body}
        assert (await operator.send(method, path + tail, **options)).status == 428, tail
    stale = await operator.post(f"{path}/archive", if_match=7)
    assert (stale.status, stale.json["current"]["status"]) == (412, "active")


@pytest.mark.parametrize("id", ["1", "apollo", SOME])
async def test_what_is_not_there_is_not_found(operator, id):
    assert (await operator.get(f"/api/projects/{id}")).status == 404


async def test_a_list_tells_of_a_project_what_the_project_tells_of_itself(operator, apollo):
    listed = (await operator.get("/api/projects")).json

    assert listed == {"items": [apollo], "next": None}
    assert (await operator.get(f"/api/projects/{apollo['id']}")).json == apollo


async def test_a_list_asks_the_database_twice_however_long_it_is(app, operator, apollo):
    for n in range(3):
        await operator.post("/api/projects", {"slug": f"more-{n}", "name": "More"})
    said: list[str] = []

    def note(told):
        said.append(told.query)

    def listen(connection, *_rest):
        connection.driver_connection.add_query_logger(note)

    event.listen(app.parts.database._engine.sync_engine, "checkout", listen)
    await operator.get("/api/projects")

    # Without Redis the session is asked for, too.
    mine = [sql for sql in said if "/* plugin=projects */" in sql and "sessions" not in sql]
    assert [("projects.projects" in sql, "foundation.users" in sql) for sql in mine] == [
        (True, False),
        (False, True),
    ]
