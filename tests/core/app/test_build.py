"""Foundation as it is built: refusals, people, and what a stranger meets."""

from datetime import timedelta

import pytest

from foundation.app import NotMigrated, running, serving
from foundation.clock import SystemClock
from foundation.settings import read_settings


async def test_a_stranger_gets_401_on_every_route_that_is_not_public(app, client):
    for plan in app.plans:
        if type(plan.route.needs).__name__ == "Public":
            continue
        path = plan.url.replace("{", "").replace("}", "")
        got = await client.send(plan.route.method, path)

        assert (got.status, got.code) == (401, "unauthenticated"), (plan.route.method, plan.url)


async def test_each_role_is_signed_in_as_itself(client_as):
    for role in ("viewer", "operator", "admin"):
        me = (await (await client_as(role)).get("/api/auth/me")).json

        assert me["roles"] == [role]


async def test_the_same_name_is_the_same_person(client_as):
    first = (await (await client_as("viewer", name="ada")).get("/api/auth/me")).json
    again = (await (await client_as("viewer", name="ada")).get("/api/auth/me")).json
    other = (await (await client_as("viewer")).get("/api/auth/me")).json

    assert first["id"] == again["id"] != other["id"]


async def test_an_old_sign_in_is_not_fresh(client_as):
    old = await client_as("admin", signed_in_ago=timedelta(minutes=6))
    me = (await old.get("/api/auth/me")).json

    assert me["session"]["auth_time"] < me["session"]["expires_at"]


async def test_the_trail_of_a_test_begins_empty(client_as, events):
    await client_as("admin")

    assert await events.types() == []


async def test_a_page_without_a_built_web_app_says_how_to_build_it(client):
    got = await client.get("/", headers={"accept": "text/html"})

    assert (got.status, "make run" in got.text) == (503, True)


async def test_an_unknown_api_path_is_a_problem_and_never_a_page(client):
    got = await client.get("/api/none", headers={"accept": "text/html"})

    assert (got.status, got.code) == (404, "not_found")


async def test_a_database_without_tables_is_refused_with_the_command(
    foundation_environ, empty_database_url
):
    environ = foundation_environ | {"FOUNDATION_DATABASE_URL": empty_database_url.reveal()}

    with pytest.raises(NotMigrated, match="foundation db upgrade"):
        async with running(read_settings(environ), clock=SystemClock(), environ=environ):
            raise AssertionError("it started")


async def test_a_worker_finds_dangerous_plugins_before_it_loads_any(
    foundation_settings, foundation_environ
):
    foundation_settings.data.mkdir(exist_ok=True)

    async with serving(foundation_settings, clock=SystemClock(), environ=foundation_environ) as app:
        assert app.registry.find("projects").is_started

    assert (foundation_settings.data / "plugins-probe.json").is_file()
