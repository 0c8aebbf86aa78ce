"""The leaf of an event: every field counts, and what may be erased counts through its hash."""

import pytest

from foundation.audit.proof.leaf import ERASABLE, FIELDS, detail_hash, leaf_bytes, leaf_of

ENVELOPE = dict.fromkeys(FIELDS, "x")
ERASED = {"actor_name": "Ada", "target_title": None, "reason": None, "detail": {"a": 1}}


@pytest.mark.parametrize("name", FIELDS)
def test_each_field_changes_the_leaf(name):
    assert leaf_of({**ENVELOPE, name: "y"}, b"") != leaf_of(ENVELOPE, b"")


@pytest.mark.parametrize("name", ERASABLE)
def test_each_erasable_part_changes_the_hash(name):
    assert detail_hash(b"s", {**ERASED, name: "y"}) != detail_hash(b"s", ERASED)


def test_another_salt_makes_another_hash():
    assert detail_hash(b"s", ERASED) != detail_hash(b"t", ERASED)


def test_a_leaf_holds_nothing_that_may_be_erased():
    assert b"Ada" not in leaf_bytes(ENVELOPE, detail_hash(b"s", ERASED))
