"""The ID token's claims: each lie of a provider is refused."""

from datetime import timedelta

import pytest
from joserfc.errors import JoseError

from foundation.auth.oidc.claims import check, is_fresh, is_subject, same_subject, told_time
from foundation.auth.oidc.wire import BadAnswer
from foundation.auth.refusal import Refused
from foundation.auth.transaction import Transaction

REFUSALS = (Refused, JoseError, ValueError, TypeError, KeyError)


@pytest.fixture
def transaction(clock) -> Transaction:
    return Transaction(
        state="s",
        nonce="n",
        verifier="v",
        next="/",
        purpose="sign_in",
        session_hash="",
        issued_at=clock.now(),
    )


@pytest.fixture
def claims(settings, clock) -> dict[str, object]:
    now = int(clock.now().timestamp())
    return {
        "iss": settings.oidc_issuer,
        "sub": "ada",
        "aud": "foundation",
        "nonce": "n",
        "iat": now,
        "exp": now + 300,
        "auth_time": now,
    }


def test_honest_claims_pass(claims, settings, transaction, clock) -> None:
    assert check(claims, settings=settings, transaction=transaction, now=clock.now()) == claims


@pytest.mark.parametrize(
    "lie",
    [
        {"aud": "other"},
        {"aud": ["foundation", "other"]},
        {"aud": ["foundation", "foundation"]},
        {"aud": "other", "azp": "foundation"},
        {"aud": "foundation", "azp": "other"},
        {"aud": ""},
        {"aud": []},
        {"aud": None},
        {"aud": [["foundation"]]},
        {"aud": {"foundation": 1}},
    ],
)
def test_a021_an_audience_that_is_not_exactly_us_is_refused(
    claims, settings, transaction, clock, lie
) -> None:
    with pytest.raises(REFUSALS):
        check(claims | lie, settings=settings, transaction=transaction, now=clock.now())


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"iss": ["x"]},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 300},
        {"sub": "a\x00b"},
        {"nonce": None},
        {"nonce": "other"},
        {"nonce": 7},
        {"nonce": ["n"]},
        {"nonce": ["n", "m"]},
        {"nonce": None, "nonce_supported": False},
        {"exp": None},
        {"exp": 1},
        {"exp": "soon"},
        {"iat": None},
        {"iat": "now"},
        {"iat": True},
        {"nbf": 2**33},
    ],
)
def test_a022_a023_a_wrong_claim_is_refused(claims, settings, transaction, clock, lie) -> None:
    with pytest.raises(REFUSALS):
        check(claims | lie, settings=settings, transaction=transaction, now=clock.now())


@pytest.mark.parametrize("name", ["iss", "sub", "aud", "exp", "iat", "nonce"])
def test_a_missing_claim_is_refused(claims, settings, transaction, clock, name: str) -> None:
    del claims[name]

    with pytest.raises(REFUSALS):
        check(claims, settings=settings, transaction=transaction, now=clock.now())


def test_the_times_have_a_minute_of_leeway_and_an_age_of_ten(
    claims, settings, transaction, clock
) -> None:
    now = int(clock.now().timestamp())
    fine = [{"exp": now - 59}, {"iat": now + 59}, {"iat": now - 599}]
    wrong = [{"exp": now - 61}, {"iat": now + 62}, {"iat": now - 601}]

    for claim in fine:
        check(claims | claim, settings=settings, transaction=transaction, now=clock.now())
    for claim in wrong:
        with pytest.raises(REFUSALS):
            check(claims | claim, settings=settings, transaction=transaction, now=clock.now())


@pytest.mark.parametrize("told", ["absent", None, "now", True, 0, -1, 1.5, 2**60])
def test_a_step_up_needs_a_true_and_recent_auth_time(
    claims, settings, transaction, clock, told
) -> None:
    step_up = transaction.model_copy(update={"purpose": "step_up"})
    claims.pop("auth_time")
    lie = {} if told == "absent" else {"auth_time": told}

    with pytest.raises(Refused) as refused:
        check(claims | lie, settings=settings, transaction=step_up, now=clock.now())
    assert refused.value.reason == "stale"


def test_a_step_up_takes_five_minutes_as_recent(claims, settings, transaction, clock) -> None:
    step_up = transaction.model_copy(update={"purpose": "step_up"})
    now = int(clock.now().timestamp())

    check(
        claims | {"auth_time": now - 299}, settings=settings, transaction=step_up, now=clock.now()
    )
    with pytest.raises(Refused):
        check(
            claims | {"auth_time": now - 302},
            settings=settings,
            transaction=step_up,
            now=clock.now(),
        )


def test_freshness_is_never_judged_by_another_claim(clock) -> None:
    assert not is_fresh(None, now=clock.now())
    assert is_fresh(int((clock.now() - timedelta(minutes=4)).timestamp()), now=clock.now())


def test_a_subject_is_one_to_255_characters_without_nul() -> None:
    assert is_subject("x" * 255)
    assert not is_subject("x" * 256)
    assert not is_subject("")
    assert not is_subject(b"ada")


def test_a_time_is_told_in_whole_seconds() -> None:
    told = told_time(1_700_000_000)

    assert told is not None
    assert told.isoformat() == "2023-11-14T22:13:20+00:00"
    assert told_time("1700000000") is None


def test_userinfo_must_be_of_the_same_subject() -> None:
    assert same_subject({"sub": "ada"}, subject="ada") == {"sub": "ada"}
    with pytest.raises(BadAnswer):
        same_subject({"sub": "eve"}, subject="ada")
