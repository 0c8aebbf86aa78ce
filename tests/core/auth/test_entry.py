"""A cached answer counts for its lease, and only when it is ours and for this very session."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.auth.entry import LEASE, SKEW, Entry, Session, pack, unpack
from foundation.auth.session_cache import REREAD

NOW = datetime(2026, 5, 1, tzinfo=UTC)
HASH = b"h" * 32
SESSION = Session(
    public_id=UUID(int=1),
    user_id=UUID(int=2),
    name="Ada",
    email="ada@example.org",
    kind="user",
    roles=("viewer",),
    auth_time=NOW,
    expires_at=NOW,
    last_seen_at=NOW,
)


def entry(*, lease_s: float = 30, session: Session | None = SESSION) -> Entry:
    return Entry(checked_at=NOW, lease_s=lease_s, session=session)


@pytest.mark.parametrize("session", [SESSION, None])
def test_what_is_packed_comes_out_again(secret, session) -> None:
    one = entry(session=session)

    assert unpack(pack(one, token_hash=HASH, secret=secret), token_hash=HASH, secret=secret) == one


def test_an_entry_of_another_session_is_no_entry(secret) -> None:
    packed = pack(entry(), token_hash=HASH, secret=secret)

    assert unpack(packed, token_hash=b"x" * 32, secret=secret) is None


@given(st.binary(max_size=200))
def test_any_other_bytes_are_no_entry(packed: bytes) -> None:
    from foundation.crypto.derive import AppSecret
    from foundation.secret import Secret

    own = AppSecret(Secret("c" * 43 + "="), deployment=UUID(int=1))
    assert unpack(packed, token_hash=HASH, secret=own) is None


def test_nothing_is_no_entry(secret) -> None:
    assert unpack(None, token_hash=HASH, secret=secret) is None


def test_one_changed_byte_is_no_entry(secret) -> None:
    packed = bytearray(pack(entry(), token_hash=HASH, secret=secret))
    packed[-3] ^= 1

    assert unpack(bytes(packed), token_hash=HASH, secret=secret) is None


def test_a_signed_entry_of_another_schema_is_no_entry(secret) -> None:
    from foundation.auth.entry import PURPOSE
    from foundation.crypto.derive import joined

    body = b'{"v": 2}'
    tag = secret.sign(PURPOSE, joined(HASH, body)).hex().encode()

    assert unpack(tag + b"." + body, token_hash=HASH, secret=secret) is None


@pytest.mark.parametrize(
    ("age_s", "lease_s", "counts"),
    [
        (0, 30, True),
        (30, 30, True),
        (30.1, 30, False),
        (10.1, 10, False),
        (31, 9999, False),
        (-1, 30, True),
        (-3, 30, False),
        (-3600, 30, False),
    ],
)
def test_a_lease_is_thirty_seconds_at_most_and_never_from_the_future(
    age_s: float, lease_s: float, counts: bool
) -> None:
    assert entry(lease_s=lease_s).counts(NOW + timedelta(seconds=age_s)) is counts


def test_the_lease_is_the_thirty_seconds_that_are_promised() -> None:
    assert timedelta(seconds=30) == LEASE


def test_a_mark_outlives_every_entry_that_was_read_before_it() -> None:
    assert REREAD > LEASE + SKEW
