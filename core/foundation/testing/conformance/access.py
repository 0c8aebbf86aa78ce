"""Every route of the plugin in a running Foundation, asked by a stranger and by each role."""

import re
from collections.abc import Sequence
from uuid import UUID

from foundation.app import App
from foundation.auth.permissions import Permission, Public, Role
from foundation.auth.roles import permissions_of
from foundation.http.plan import Plan
from foundation.testing.client import Client
from foundation.testing.conformance.subject import Subject
from foundation.testing.people import SignIn, anonymous
from foundation.testing.platform import Platform

ANY_ID = str(UUID(int=7))
ROLES = (None, Role.VIEWER, Role.OPERATOR, Role.ADMIN)


async def test_each_route_lets_in_whom_it_says_and_nobody_else(
    subject: Subject, platform: Platform
) -> None:
    app = await platform(subject.id)
    plans = [plan for plan in app.plans if plan.plugin == subject.id]
    guarded = [plan for plan in plans if not isinstance(plan.route.needs, Public)]

    assert await _wrong(anonymous(app), guarded, wanted={401}) == {}
    for role in ROLES:
        client = await SignIn(app)(role)
        held = permissions_of([role] if role else [], app.registry.permissions)
        closed = [plan for plan in guarded if _is_closed(plan, held)]
        opened = [plan for plan in plans if plan not in closed]

        assert await _wrong(client, closed, wanted={403}) == {}, role
        assert await _faults(client, opened) == {}, role


async def test_an_unknown_field_is_refused_by_every_route_that_takes_a_body(
    subject: Subject, platform: Platform
) -> None:
    app = await platform(subject.id)
    admin = await SignIn(app)(Role.ADMIN)
    for plan in _own(app, subject):
        if plan.body is None:
            continue
        answer = await admin.send(
            plan.route.method, _path(plan), json={"no_such_field_1": 1}, headers={"if-match": '"1"'}
        )
        assert answer.status in {404, 415, 422}, f"{plan.route.method} {plan.url}: {answer.text}"


async def test_its_section_is_shown_to_those_who_may_and_it_stops_and_starts_again(
    subject: Subject, platform: Platform
) -> None:
    app = await platform(subject.id)
    for role in (None, Role.ADMIN):
        client = await SignIn(app)(role)
        shell = (await client.get("/api/shell")).json
        shown = {section["id"] for section in shell["sections"]}
        for entry in subject.adds.navigation:
            may = role is Role.ADMIN or not isinstance(entry.needs, Permission)
            assert (entry.section in shown) is may, f"{entry.section} for {role}"
    await platform.stop()
    again = (await platform(subject.id)).registry.find(subject.id)
    assert again is not None
    assert again.is_started, again.reason


def _own(app: App, subject: Subject) -> list[Plan]:
    return [plan for plan in app.plans if plan.plugin == subject.id]


def _is_closed(plan: Plan, held: object) -> bool:
    needs = plan.route.needs
    assert isinstance(held, frozenset | set)
    return isinstance(needs, Permission) and needs.name not in held


def _path(plan: Plan) -> str:
    return re.sub(r"\{[a-z_]+\}", ANY_ID, plan.url)


async def _wrong(client: Client, plans: Sequence[Plan], *, wanted: set[int]) -> dict[str, int]:
    """Ask with an empty body: whoever may not is refused before it is looked at."""
    answers = await _answers(client, plans)
    return {route: status for route, status in answers.items() if status not in wanted}


async def _faults(client: Client, plans: Sequence[Plan]) -> dict[str, int]:
    """Whoever may gets past the door, and never finds a fault of the server's."""
    answers = await _answers(client, plans)
    return {route: s for route, s in answers.items() if s in {401, 403} or s in {500, 502, 504}}


async def _answers(client: Client, plans: Sequence[Plan]) -> dict[str, int]:
    return {
        f"{plan.route.method} {plan.url}": (
            await client.send(plan.route.method, _path(plan))
        ).status
        for plan in plans
    }
