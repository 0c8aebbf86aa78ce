"""Each route's policy, read from the routes themselves."""

from foundation.auth.permissions import Public
from foundation.builtin.accounts.routes import auth, users


def policy(router) -> dict[str, tuple[bool, bool, bool]]:
    return {
        f"{route.method} {route.path}": (route.in_transaction, route.cross_site, route.retry_safe)
        for route in router.routes
    }


def test_only_the_provider_comes_from_another_site_and_the_way_back_is_never_repeated() -> None:
    routes = policy(auth)

    assert routes["GET /callback"] == (True, True, False)
    assert [name for name, (_, cross_site, _) in routes.items() if cross_site] == [
        "GET /callback", "POST /backchannel-logout",
    ]  # fmt: skip


def test_whether_somebody_is_here_is_told_without_a_refusal() -> None:
    here = next(route for route in auth.routes if route.path == "/here")

    assert isinstance(here.needs, Public)
    assert policy(auth)["GET /here"][0] is False


def test_starting_a_sign_in_writes_nothing() -> None:
    assert policy(auth)["POST /login"][0] is False
    assert policy(auth)["POST /step-up"][0] is False


def test_a070_no_get_of_users_is_in_a_transaction() -> None:
    writing = [name for name, (writes, _, _) in policy(users).items() if writes]

    assert writing == ["PATCH /{id}", "DELETE /{id}"]
