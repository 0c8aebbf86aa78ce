"""Attacks from another site or with another form of request, on every route (A065 to A070, A075)."""

import re
from uuid import UUID

import pytest

pytestmark = pytest.mark.usefixtures("the_next_honest_request_works")

ANY_ID = str(UUID(int=7))
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}
SECRET_ROUTES = {"/api/auth/logout"}  # it would end the session that asks
FOREIGN = {
    "evil": {"origin": "https://evil.example"},
    "null": {"origin": "null"},
    "https for http": {"origin": "https://localhost:3000"},
    "another port": {"origin": "http://localhost:3001"},
    "ours and more": {"origin": "http://localhost:3000.evil.example"},
    "cross-site": {"sec-fetch-site": "cross-site"},
    "same-site": {"sec-fetch-site": "same-site"},
}
OTHER_FORMS = (
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "application/json; charset=utf-7",
    "",
)


def path(plan):
    return re.sub(r"\{[a-z_]+\}", ANY_ID, plan.url)


def changing(app):
    return [
        plan
        for plan in app.plans
        if plan.route.method in UNSAFE and not plan.route.cross_site
        if plan.url not in SECRET_ROUTES
    ]


async def test_a065_a_foreign_origin_is_refused_on_every_route(app, client_as, events):
    admin = await client_as("admin")
    for name, headers in FOREIGN.items():
        answers = {
            f"{plan.route.method} {plan.url}": (
                await admin.send(plan.route.method, path(plan), headers=headers)
            ).status
            for plan in changing(app)
        }
        assert len(answers) > 20
        assert {route: status for route, status in answers.items() if status != 403} == {}, name
    assert (await admin.get("/api/auth/me")).status == 200
    told = {event.detail["route"] for event in await events("accounts.csrf.refused")}
    assert told <= {plan.url for plan in changing(app)}
    assert len(told) > 20


async def test_a066_a_cookie_without_either_header_is_refused_on_every_route(app, client_as):
    admin = await client_as("admin")
    answers = [
        (await admin.send(plan.route.method, path(plan), headers={"origin": ""})).code
        for plan in changing(app)
    ]

    assert set(answers) == {"cross_site"}
    assert (await admin.post("/api/projects", {"slug": "a", "name": "A"})).status == 201


async def test_a066_a_bearer_needs_neither_and_a_refusal_is_told(client_as, events):
    admin = await client_as("admin")
    made = await admin.post(
        "/api/me/tokens", {"name": "Script", "scopes": ["projects:project:write"]}
    )
    program = admin.copy()
    program.cookies, program.origin = {}, ""
    program.headers["authorization"] = f"Bearer {made.json['token']}"
    refused = await admin.post(
        "/api/projects", {"slug": "a", "name": "A"}, headers={"origin": "https://evil.example"}
    )

    allowed = await program.post("/api/projects", {"slug": "b", "name": "B"})

    assert (refused.status, allowed.status) == (403, 201)
    (told,) = await events("accounts.csrf.refused")
    assert told.outcome == "denied"


async def test_a067_another_type_than_json_is_415_and_changes_nothing(client_as):
    admin = await client_as("admin")
    body = b'{"slug": "spring", "name": "Spring"}'

    for media in OTHER_FORMS:
        got = await admin.send("POST", "/api/projects", body=body, headers={"content-type": media})
        assert got.status == 415, media
    assert (await admin.get("/api/projects")).json["items"] == []
    assert (await admin.post("/api/projects", {"slug": "a", "name": "A"})).status == 201


async def test_a069_a070_a_get_where_only_a_change_lives_is_405(app, client_as, events):
    admin = await client_as("admin")
    readable = {path(plan) for plan in app.plans if plan.route.method == "GET"}
    for headers in ({}, {"x-http-method-override": "DELETE"}):
        answers = {
            plan.url: (await admin.get(path(plan), headers=headers)).status
            for plan in changing(app)
            if path(plan) not in readable
        }
        # A path that another one covers is that one's: there a thing does not exist.
        assert len(answers) > 10
        assert set(answers.values()) <= {404, 405}
        assert list(answers.values()).count(405) > len(answers) * 0.7
    assert await events() == []
    assert (await admin.get("/api/auth/me")).status == 200


async def test_a075_an_image_that_points_to_the_way_out_signs_nobody_out(client_as):
    admin = await client_as("admin")

    got = await admin.get("/api/auth/logout", headers={"sec-fetch-dest": "image"})

    assert got.status == 405
    assert (await admin.get("/api/auth/me")).status == 200
