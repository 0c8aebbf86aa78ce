"""Sign-in, step-up and both sign-outs against a provider that the OpenID Foundation has certified."""

import time
from collections.abc import Callable, Iterator

import pytest

from ..stack.program import free_port
from .certified_provider import CertifiedProvider, Guest
from .foundation_process import FoundationProcess
from .visitor import Visitor


@pytest.fixture(scope="module")
def certified() -> Iterator[tuple[FoundationProcess, CertifiedProvider]]:
    """A Foundation whose people sign in at the certified provider."""
    port = free_port()
    with (
        CertifiedProvider(f"http://localhost:{port}") as provider,
        FoundationProcess({**provider.settings, "FOUNDATION_WORKERS": "1"}, port=port) as running,
    ):
        yield running, provider


@pytest.fixture
def ada(certified: tuple[FoundationProcess, CertifiedProvider]) -> tuple[Visitor, Guest]:
    """The admin at a browser of her own, signed in."""
    foundation, provider = certified
    visitor, guest = Visitor(foundation.url), Guest(provider)
    assert guest.sign_in(visitor, "ada") == 303
    return visitor, guest


def test_somebody_signs_in_and_is_known_by_what_the_provider_says(
    ada: tuple[Visitor, Guest],
) -> None:
    visitor, guest = ada

    me = visitor.get("/api/auth/me").json

    assert guest.asked
    assert (me["name"], me["email"], me["roles"]) == (
        "ada of the tests",
        "ada@example.org",
        ["admin"],
    )


def test_a_second_sign_in_takes_over_the_time_of_the_first_and_a_step_up_does_not(
    ada: tuple[Visitor, Guest],
) -> None:
    visitor, guest = ada
    first = visitor.get("/api/auth/me").json["session"]
    time.sleep(1.1)  # auth_time counts whole seconds

    assert guest.sign_in(visitor, "ada") == 303
    asked_again, second = guest.asked, visitor.get("/api/auth/me").json["session"]
    before = dict(visitor.cookies)
    assert guest.sign_in(visitor, "ada", path="/api/auth/step-up") == 303
    third = visitor.get("/api/auth/me").json["session"]

    assert not asked_again
    assert second["auth_time"] == first["auth_time"]
    assert guest.asked
    assert third["auth_time"] > first["auth_time"]
    assert visitor.cookies != before
    assert Visitor(visitor.url, before).get("/api/auth/me").status == 401


def test_a_step_up_as_somebody_else_confirms_nothing(
    certified: tuple[FoundationProcess, CertifiedProvider], ada: tuple[Visitor, Guest]
) -> None:
    foundation, provider = certified
    visitor, guest = ada

    guest.sign_in(visitor, "mallory", path="/api/auth/step-up")

    # The provider ended Ada's session there for Mallory's, and so it ends here too.
    assert _soon(lambda: visitor.get("/api/auth/me").status == 401)
    again = Visitor(foundation.url)
    Guest(provider).sign_in(again, "ada")
    told = again.get("/api/audit?limit=5&type=accounts.stepup.failed").json["items"]
    assert len(told) == 1


def test_signing_out_here_signs_out_there_and_leads_back(ada: tuple[Visitor, Guest]) -> None:
    visitor, guest = ada
    kept = dict(visitor.cookies)

    leave = visitor.post("/api/auth/logout").json["redirect"]
    back = guest.sign_out(leave, visitor.url)

    assert leave.startswith(guest.provider.url)
    assert "id_token_hint=" in leave
    assert back.startswith(visitor.url + "/")
    assert Visitor(visitor.url, kept).get("/api/auth/me").status == 401
    guest.sign_in(visitor, "ada")
    assert guest.asked


def test_signing_out_there_signs_out_here_and_nobody_else(
    certified: tuple[FoundationProcess, CertifiedProvider], ada: tuple[Visitor, Guest]
) -> None:
    foundation, provider = certified
    visitor, guest = ada
    bystander, elsewhere = Visitor(foundation.url), Guest(provider)
    elsewhere.sign_in(bystander, "ada")

    guest.sign_out("/session/end", visitor.url)

    assert _soon(lambda: visitor.get("/api/auth/me").status == 401)
    assert bystander.get("/api/auth/me").status == 200
    assert "accounts.session.ended" in {
        entry["type"] for entry in bystander.get("/api/audit?limit=20").json["items"]
    }


def _soon(happened: Callable[[], bool]) -> bool:
    """Tell whether *happened* within three minutes."""
    ends = time.monotonic() + 180
    while time.monotonic() < ends:
        if happened():
            return True
        time.sleep(0.2)
    return False
