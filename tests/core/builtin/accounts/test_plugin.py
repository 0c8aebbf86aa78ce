"""Accounts is a plugin like any other: it declares what its routes use."""

from foundation.auth.permissions import Permission, Public
from foundation.builtin.accounts import plugin


def test_its_routes_need_what_it_declares() -> None:
    declared = set(plugin.permissions())
    routes = [route for router in plugin.routers() for route in router.routes]

    assert {route.needs for route in routes if isinstance(route.needs, Permission)} == declared


def test_only_these_routes_are_public() -> None:
    routes = [(router.prefix, route) for router in plugin.routers() for route in router.routes]
    public = {
        f"{prefix}{route.path}" for prefix, route in routes if isinstance(route.needs, Public)
    }

    assert public == {
        "auth/here",
        "auth/login",
        "auth/callback",
        "auth/logout",
        "auth/backchannel-logout",
    }


def test_it_brings_the_section_users() -> None:
    (entry,) = plugin.navigation()

    assert (entry.section, entry.needs.name) == ("users", "accounts:user:read")


def test_it_warns_of_tokens_and_forgets_what_is_over_by_itself() -> None:
    assert [(job.kind, job.schedule.overlap) for job in plugin.jobs()] == [
        ("accounts.warn_of_tokens", "skip"),
        ("accounts.forget", "skip"),
    ]


def test_its_events_and_services_are_there() -> None:
    names = [event.name for event in plugin.audit_events()]
    assert len(names) == len(set(names)) == 33
    assert {port.name for port in plugin.services().needs} == {
        "core.identity", "core.catalogue", "core.limiter",
    }  # fmt: skip
