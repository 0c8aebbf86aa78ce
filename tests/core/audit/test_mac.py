"""The seal of a row: nobody makes it without the key, and an old key still checks."""

import pytest

from foundation.audit.mac import Macs
from foundation.crypto.keyfile import Keys, RingRefused

OLD, NEW = Macs({"a": b"a" * 32}, "a"), Macs({"a": b"a" * 32, "b": b"b" * 32}, "b")
LEAF = bytes(32)


def test_a_seal_holds_for_its_leaf_and_no_other():
    mac = OLD.seal(LEAF)

    assert OLD.holds("a", LEAF, mac)
    assert not OLD.holds("a", b"x" * 32, mac)
    assert not OLD.holds("a", LEAF, b"x" * 32)


def test_after_a_rotation_the_old_seal_still_holds():
    assert NEW.holds("a", LEAF, OLD.seal(LEAF))
    assert not NEW.holds("b", LEAF, OLD.seal(LEAF))


@pytest.mark.parametrize(("id", "mac"), [(None, b"x"), ("a", None), ("unknown", b"x")])
def test_what_is_not_sealed_does_not_hold(id, mac):
    assert not OLD.holds(id, LEAF, mac)


def test_keys_come_from_a_file_or_are_derived(tmp_path):
    path = tmp_path / "ring"
    with pytest.raises(RingRefused):
        Macs.read(path)
    path.write_text("a YWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWFhYWE=\nactive a\n")
    path.chmod(0o400)

    assert Macs.read(path) == OLD == Macs.of(Keys({"a": b"a" * 32}, "a"))
    assert Macs.derived([b"n", b"o"]).seal(LEAF) == Macs.derived([b"n"]).seal(LEAF)


def test_a_key_is_not_shown():
    assert "aaaa" not in repr(OLD)


def test_details_are_hashed_under_a_key_of_their_own():
    assert OLD.finding_key not in OLD.by_id.values()


def test_a_lent_key_seals_under_its_name_and_opens_nothing_else():
    macs = Macs({"k": b"m" * 32}, "k")
    lent = macs.lent("run-7-1")
    other = macs.lent("run-8-1")

    assert lent.active == "k/run-7-1"
    assert macs.holds(lent.active, b"leaf", lent.seal(b"leaf"))
    assert not macs.holds(other.active, b"leaf", lent.seal(b"leaf"))
    assert not macs.holds("k", b"leaf", lent.seal(b"leaf"))
    assert not macs.holds("x/run-7-1", b"leaf", lent.seal(b"leaf"))
