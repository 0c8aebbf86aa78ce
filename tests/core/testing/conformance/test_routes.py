"""A route that does not say what it must is seen."""

import pytest

from foundation.sdk import Context, Permission, Router, Secret, SignedIn, View
from foundation.testing.conformance import routes

READ = Permission("projects:project:read", "Read")
OTHER = Permission("projects:other:read", "Read")


class Leaky(View):
    token: Secret


def _router(needs=READ, *, method="get", handler=None, **options) -> Router:
    async def plain(ctx: Context) -> None:
        """Do nothing."""

    made = Router("projects")
    getattr(made, method)("/", needs=needs, **options)(handler or plain)
    return made


async def leaks(ctx: Context) -> Leaky: ...


def not_async(ctx: Context) -> None: ...


@pytest.mark.parametrize(
    ("check", "router"),
    [
        (routes.test_each_route_needs_a_permission_or_says_why_not, _router(SignedIn(""))),
        (routes.test_each_permission_that_is_needed_is_declared, _router(OTHER)),
        (
            routes.test_a_handler_is_a_coroutine_whose_first_argument_is_the_context,
            _router(handler=not_async),
        ),
        (routes.test_what_creates_says_201_and_what_removes_says_204, _router(method="post")),
        (routes.test_no_answer_holds_a_secret, _router(handler=leaks)),
    ],
)
def test_each_fault_is_seen(check, router, broken, whole):
    check(whole)

    with pytest.raises(AssertionError):
        check(broken(routers=(router,)))


def test_a_permission_that_nothing_needs_is_seen(broken, whole):
    from foundation.sdk import Services

    more = (*whole.adds.permissions, OTHER)

    with pytest.raises(AssertionError):
        routes.test_each_permission_that_is_declared_is_needed_somewhere(
            broken(permissions=more, services=Services())
        )
