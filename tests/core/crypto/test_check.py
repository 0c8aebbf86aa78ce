"""A ring is used only when each key has the bytes it had when it was new."""

from dataclasses import replace
from uuid import UUID

from foundation.crypto.check import KeyRow, check_row, examine, fingerprint, opens
from foundation.crypto.keyfile import Keys
from foundation.crypto.ring import KeyRing

HERE = UUID(int=1)


def ring(**keys: bytes) -> KeyRing:
    return KeyRing(Keys(keys, min(keys)), deployment=HERE)


ONE = ring(k1=b"1" * 32)
ROW = check_row(ONE, "k1")


def test_a_key_opens_its_own_check_value() -> None:
    assert opens(ONE, ROW)


def test_an_empty_database_takes_the_ring_as_it_is() -> None:
    verdict = examine(ONE, known=[], used=[])

    assert verdict.ring is ONE
    assert [row.kid for row in verdict.new] == ["k1"]


def test_a_known_ring_is_used_and_adds_nothing() -> None:
    assert examine(ONE, known=[ROW], used=["k1"]).new == ()
    assert examine(ONE, known=[ROW], used=["k1"]).ring is ONE


def test_a102_sealed_values_without_known_keys_seal_the_ring_and_add_nothing() -> None:
    verdict = examine(ONE, known=[], used=["k1"])

    assert verdict.new == ()
    assert "knows nothing" in (verdict.ring.reason or "")


def test_a103_a_ring_with_other_bytes_under_the_same_id_is_refused() -> None:
    verdict = examine(ring(k1=b"x" * 32), known=[ROW], used=[])

    assert verdict.ring.is_sealed
    assert ROW.fingerprint in (verdict.ring.reason or "")
    assert verdict.new == ()


def test_a106_a_ring_without_a_needed_key_names_its_fingerprint() -> None:
    verdict = examine(ring(k2=b"2" * 32), known=[ROW], used=["k1"])

    assert ROW.fingerprint in (verdict.ring.reason or "")


def test_a_retired_key_may_leave_the_ring_unless_a_value_still_uses_it() -> None:
    retired = replace(ROW, retired=True)
    second = ring(k2=b"2" * 32)

    assert not examine(second, known=[retired], used=[]).ring.is_sealed
    assert examine(second, known=[retired], used=["k1"]).ring.is_sealed


def test_a_further_key_beside_the_known_one_is_added() -> None:
    both = ring(k1=b"1" * 32, k2=b"2" * 32)

    assert [row.kid for row in examine(both, known=[ROW], used=["k1"]).new] == ["k2"]


def test_a_sealed_ring_stays_sealed_for_its_own_reason() -> None:
    verdict = examine(KeyRing(None, deployment=HERE, reason="no file"), known=[ROW], used=[])

    assert verdict.ring.reason == "no file"


def test_fingerprints_name_the_bytes_not_the_id() -> None:
    assert fingerprint(ONE, "k1") == ROW.fingerprint
    assert fingerprint(ring(k9=b"1" * 32), "k9") == ROW.fingerprint
    assert fingerprint(ring(k1=b"x" * 32), "k1") != ROW.fingerprint


def test_a_broken_check_value_is_no_crash() -> None:
    assert not opens(ONE, KeyRow("k1", "", b"", b""))
