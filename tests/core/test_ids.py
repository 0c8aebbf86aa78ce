"""Ids sort by their birth; tokens cannot be guessed."""

import base64
import time
from uuid import RFC_4122

from foundation.ids import token, uuid7


def test_an_id_is_a_uuid_of_version_7():
    made = uuid7()

    assert (made.version, made.variant) == (7, RFC_4122)


def test_an_id_begins_with_the_milliseconds_of_its_birth():
    before = time.time_ns() // 1_000_000
    born = uuid7().int >> 80
    after = time.time_ns() // 1_000_000

    assert before <= born <= after


def test_ids_of_later_milliseconds_sort_later():
    first = uuid7()
    time.sleep(0.002)

    assert first < uuid7()


def test_a_thousand_ids_of_one_moment_differ():
    assert len({uuid7() for _ in range(1000)}) == 1000


def test_a_token_holds_256_bits_unless_told_otherwise():
    assert len(base64.urlsafe_b64decode(token() + "=")) == 32
    assert len(base64.urlsafe_b64decode(token(15))) == 15


def test_no_two_tokens_are_alike():
    assert token() != token()
