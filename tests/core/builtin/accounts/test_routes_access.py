"""The policy of sessions, tokens and roles: what wants a person who has just signed in."""

from foundation.auth.permissions import Permission
from foundation.builtin.accounts import routes_access

ROUTERS = [
    routes_access.me,
    routes_access.users,
    routes_access.role,
    routes_access.invitation,
    routes_access.service,
]


def routes():
    return {f"{r.method} /{one.prefix}{r.path}": r for one in ROUTERS for r in one.routes}


def is_fresh(route) -> bool:
    needs = route.needs
    return route.sensitive or (isinstance(needs, Permission) and needs.sensitive)


def test_whatever_changes_something_wants_a_recent_sign_in_but_voiding_ones_own_token() -> None:
    loose = {
        name for name, route in routes().items() if route.method != "GET" and not is_fresh(route)
    }

    assert loose == {"DELETE /me/tokens/{id}"}


def test_what_is_told_once_is_kept_nowhere() -> None:
    assert {name for name, route in routes().items() if route.told_once} == {
        "POST /me/tokens", "POST /users/{id}/tokens", "POST /invitations/",
    }  # fmt: skip


def test_a_preview_writes_nothing() -> None:
    assert not routes()["POST /roles/preview"].in_transaction
