"""A sign-in under way lives in one browser's cookie, for ten minutes, and leads nowhere else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation import ids
from foundation.auth import transaction as tx
from foundation.auth.refusal import Refused
from foundation.auth.transaction import Transaction
from foundation.crypto.derive import AppSecret

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def started(*, at: datetime = NOW, state: str = "") -> Transaction:
    return Transaction(
        state=state or ids.token(),
        nonce="n",
        verifier="v",
        next="/",
        purpose="sign_in",
        session_hash="",
        issued_at=at,
    )


def jar(secret: AppSecret, *transactions: Transaction) -> dict[str, str]:
    return {one.cookie: tx.seal(one, secret) for one in transactions}


@pytest.mark.parametrize(
    "next",
    [
        "//e",
        "/\\e",
        "/\t/e",
        "https:e",
        "https://e",
        "javascript:alert(1)",
        "/.//e",
        "%2f%2fe",
        "https://localhost@e",
        "/" + "a" * 5000,
        "/a\r\nSet-Cookie: x",
        "/a b",
        "/é",
        "/a\x00",
        "",
        "e",
        "/api/auth/logout",
        "/login?e=state",
    ],
)
def test_a034_a_next_that_leads_elsewhere_becomes_the_start_page(next: str) -> None:
    assert tx.safe_next(next) == "/"


@pytest.mark.parametrize(
    "next", ["/", "/s/credentials", "/s/audit?type=a.b&x=%2F#top", "/settings"]
)
def test_a_page_of_foundation_is_kept(next: str) -> None:
    assert tx.safe_next(next) == next


@given(st.text())
def test_whatever_is_given_next_stays_on_this_host(next: str) -> None:
    safe = tx.safe_next(next)

    assert safe.startswith("/")
    assert not safe.startswith(("//", "/\\"))
    assert safe.isprintable()


def test_a_transaction_comes_back_as_it_went_out(secret: AppSecret) -> None:
    one = started()

    assert tx.pick(jar(secret, one, started()), state=one.state, secret=secret, now=NOW) == one


def test_a003_without_any_cookie_it_was_not_started_here(secret: AppSecret) -> None:
    with pytest.raises(Refused) as refused:
        tx.pick({"other": "x"}, state="s", secret=secret, now=NOW)
    assert refused.value.reason == "not_started"


@pytest.mark.parametrize("state", ["", "random", "é" * 43, "x" * 10_000, "\ud800"])
def test_a001_a002_any_other_state_is_refused(secret: AppSecret, state: str) -> None:
    with pytest.raises(Refused) as refused:
        tx.pick(jar(secret, started()), state=state, secret=secret, now=NOW)
    assert refused.value.reason == "state"


def test_a001_the_state_of_another_transaction_is_refused(secret: AppSecret) -> None:
    mine, other = started(), started()
    swapped = {mine.cookie: tx.seal(other, secret)}

    with pytest.raises(Refused) as refused:
        tx.pick(swapped, state=mine.state, secret=secret, now=NOW)
    assert refused.value.reason == "state"


@pytest.mark.parametrize("age", [timedelta(minutes=10, seconds=1), timedelta(seconds=-10)])
def test_one_that_is_too_old_or_from_the_future_is_expired(
    secret: AppSecret, age: timedelta
) -> None:
    one = started(at=NOW - age)

    with pytest.raises(Refused) as refused:
        tx.pick(jar(secret, one), state=one.state, secret=secret, now=NOW)
    assert refused.value.reason == "expired"


def test_one_just_ten_minutes_old_still_counts(secret: AppSecret) -> None:
    one = started(at=NOW - timedelta(minutes=10))

    assert tx.pick(jar(secret, one), state=one.state, secret=secret, now=NOW) == one


def test_a_fifth_fits_and_a_sixth_drops_the_oldest_and_the_broken(secret: AppSecret) -> None:
    four = [started(at=NOW + timedelta(seconds=n)) for n in range(4)]
    five = [*four, started(at=NOW + timedelta(seconds=9))]

    assert tx.surplus(jar(secret, *four), secret=secret) == []
    assert tx.surplus(jar(secret, *five), secret=secret) == [five[0].cookie]
    assert tx.surplus({tx.COOKIE + "x": "junk"}, secret=secret) == [tx.COOKIE + "x"]


def test_the_cookie_tells_nothing_of_what_is_in_it(secret: AppSecret) -> None:
    assert "verifier" not in tx.seal(started(), secret)
