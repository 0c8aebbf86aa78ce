"""Every route of a running Foundation, asked by a stranger, by nobody's role, and by a viewer."""

import re
from uuid import UUID

import pytest

from foundation.auth.permissions import Permission, Public, Role
from foundation.auth.roles import permissions_of
from foundation.testing.conformance.access import *  # noqa: F403  # the same, plugin by plugin

ANY_ID = str(UUID(int=7))


def _path(plan) -> str:
    return re.sub(r"\{[a-z_]+\}", ANY_ID, plan.url)


async def _ask(client, plan):
    # An empty body: whoever may not is refused before it is looked at.
    return await client.send(plan.route.method, _path(plan))


@pytest.fixture
def guarded(app):
    return [plan for plan in app.plans if not isinstance(plan.route.needs, Public)]


async def test_a_stranger_is_asked_to_sign_in_on_every_route_that_is_not_public(client, guarded):
    assert len(guarded) > 20
    answers = {f"{p.route.method} {p.url}": (await _ask(client, p)).status for p in guarded}

    assert {route: status for route, status in answers.items() if status != 401} == {}


@pytest.mark.parametrize("role", [None, Role.VIEWER, Role.OPERATOR])
async def test_somebody_without_the_permission_is_refused_on_every_route(
    role, client_as, guarded, app
):
    held = permissions_of([role] if role else [], app.registry.permissions)
    client = await client_as(role)
    closed = [
        plan
        for plan in guarded
        if isinstance(plan.route.needs, Permission) and plan.route.needs.name not in held
    ]
    answers = {f"{p.route.method} {p.url}": (await _ask(client, p)).status for p in closed}

    assert closed
    assert {route: status for route, status in answers.items() if status != 403} == {}


async def test_an_admin_gets_past_the_door_of_every_route_and_never_finds_a_fault(
    client_as, guarded
):
    admin = await client_as(Role.ADMIN)
    harmless = [plan for plan in guarded if "/auth/" not in plan.url]
    answers = {f"{p.route.method} {p.url}": (await _ask(admin, p)).status for p in harmless}

    assert {r: s for r, s in answers.items() if s in {401, 403} or s >= 500} == {}
