"""What is sealed opens in its place and nowhere else, and a sealed ring does nothing at all."""

import base64
import pickle
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.crypto.envelope import Binding, SealedValue
from foundation.crypto.keyfile import Keys
from foundation.crypto.ring import KeyRing, SealBroken, SubRing, VaultSealed
from foundation.secret import Secret

HERE = UUID(int=1)
KEYS = Keys({"k1": b"1" * 32, "k2": b"2" * 32}, "k1")
PLACE = Binding(UUID(int=7), 1, "password", "basic")


def ring(keys: Keys = KEYS, *, deployment: UUID = HERE, plugin: str = "credentials") -> SubRing:
    return KeyRing(keys, deployment=deployment).for_plugin(plugin)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_what_is_sealed_opens_again(value: str) -> None:
    assert ring().open(ring().seal(Secret(value), PLACE), PLACE) == Secret(value)


@pytest.mark.parametrize("part", ["nonce", "ct", "wnonce", "wdek"])
@pytest.mark.parametrize("position", [0, -1])
def test_a091_one_changed_bit_breaks_the_value(part: str, position: int) -> None:
    sealed = ring().seal(Secret("canary"), PLACE)
    raw = bytearray(getattr(sealed, part))
    raw[position] ^= 1
    changed = replace(sealed, **{part: bytes(raw)})

    with pytest.raises(SealBroken) as broken:
        ring().open(changed, PLACE)
    assert "canary" not in str(broken.value)


def test_a093_the_rows_of_another_deployment_do_not_open_with_the_same_key() -> None:
    sealed = ring(deployment=UUID(int=2)).seal(Secret("value"), PLACE)

    with pytest.raises(SealBroken):
        ring().open(sealed, PLACE)


def test_a093_the_deployment_is_bound_even_where_the_wrapping_key_is_the_same() -> None:
    wrapping = {"k1": b"w" * 32}
    here, there = (
        SubRing(wrapping, active="k1", deployment=UUID(int=n), reason=None) for n in (1, 2)
    )

    with pytest.raises(SealBroken):
        there.open(here.seal(Secret("value"), PLACE), PLACE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(PLACE, type="bearer"),
        replace(PLACE, field="user"),
        replace(PLACE, version=2),
        replace(PLACE, thing=UUID(int=8)),
        replace(PLACE, field="passwordbasic", type=""),
    ],
)
def test_a094_a_value_opens_only_in_its_type_field_version_and_row(elsewhere: Binding) -> None:
    with pytest.raises(SealBroken):
        ring().open(ring().seal(Secret("value"), PLACE), elsewhere)


def test_a095_the_data_key_of_one_row_opens_no_other() -> None:
    other_place = replace(PLACE, thing=UUID(int=8))
    one = ring().seal(Secret("one"), PLACE)
    other = ring().seal(Secret("other"), other_place)

    with pytest.raises(SealBroken):
        ring().open(replace(one, wdek=other.wdek, wnonce=other.wnonce), PLACE)


@pytest.mark.parametrize("ct", [b"", b"x" * 15, b"x" * 16, b"x" * 1_000_000])
def test_a097_garbage_breaks_and_crashes_nothing(ct: bytes) -> None:
    sealed = replace(ring().seal(Secret("value"), PLACE), ct=ct)

    with pytest.raises(SealBroken):
        ring().open(sealed, PLACE)


def test_a097_nonces_and_keys_of_a_wrong_length_break_too() -> None:
    good = ring().seal(Secret("value"), PLACE)

    for broken in (replace(good, nonce=b""), replace(good, wnonce=b"x"), replace(good, wdek=b"")):
        with pytest.raises(SealBroken):
            ring().open(broken, PLACE)


@pytest.mark.parametrize("fmt", [0, 2, 255])
def test_a098_an_unknown_format_says_so(fmt: int) -> None:
    with pytest.raises(SealBroken, match=f"unknown format {fmt}"):
        ring().open(replace(ring().seal(Secret("value"), PLACE), fmt=fmt), PLACE)


def test_a107_one_value_twice_gives_different_bytes_of_the_same_length() -> None:
    one, two = (ring().seal(Secret("same"), PLACE) for _ in range(2))

    assert {one.ct, one.nonce, one.wdek}.isdisjoint({two.ct, two.nonce, two.wdek})
    assert len(one.ct) == len(two.ct)


def test_a107_lengths_1_and_31_are_stored_alike() -> None:
    lengths = {len(ring().seal(Secret("x" * size), PLACE).ct) for size in (0, 1, 31)}

    assert lengths == {48}  # one block and the tag
    assert len(ring().seal(Secret("x" * 32), PLACE).ct) == 80


def test_another_plugin_cannot_open_it() -> None:
    with pytest.raises(SealBroken):
        ring(plugin="projects").open(ring().seal(Secret("value"), PLACE), PLACE)


def test_the_key_is_looked_up_by_its_id() -> None:
    sealed = ring().seal(Secret("value"), PLACE)

    with pytest.raises(SealBroken):
        ring().open(replace(sealed, kid="k2"), PLACE)
    with pytest.raises(VaultSealed, match="lacks the key gone"):
        ring().open(replace(sealed, kid="gone"), PLACE)


def test_values_of_an_older_key_still_open_after_another_became_active() -> None:
    sealed = ring().seal(Secret("value"), PLACE)
    rotated = ring(Keys(KEYS.by_kid, "k2"))

    assert rotated.open(sealed, PLACE) == Secret("value")
    assert rotated.seal(Secret("value"), PLACE).kid == "k2"


def test_a_sealed_ring_neither_opens_nor_writes_and_says_why() -> None:
    sealed = ring().seal(Secret("value"), PLACE)
    shut = KeyRing(KEYS, deployment=HERE).sealed("the key k1 is wrong")

    assert shut.is_sealed
    assert shut.kids == ()
    with pytest.raises(VaultSealed, match="the key k1 is wrong"):
        shut.for_plugin("credentials").open(sealed, PLACE)
    with pytest.raises(VaultSealed, match="the key k1 is wrong"):
        shut.for_plugin("credentials").seal(Secret("value"), PLACE)


def test_without_a_file_the_ring_is_sealed_and_names_the_setting() -> None:
    assert KeyRing.load(None, deployment=HERE).reason == "FOUNDATION_KEYRING_FILE is not set"


def test_a_ring_is_read_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    path.write_text(f"k1 {base64.b64encode(b'1' * 32).decode()}\nactive k1\n")
    path.chmod(0o400)
    loaded = KeyRing.load(path, deployment=HERE)

    assert (loaded.kids, loaded.active, loaded.reason) == (("k1",), "k1", None)
    sealed: SealedValue = ring().seal(Secret("value"), PLACE)
    assert loaded.for_plugin("credentials").open(sealed, PLACE) == Secret("value")


def test_a101_a_file_that_is_refused_seals_the_ring_with_the_reason(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    path.write_text("junk")
    path.chmod(0o400)

    assert "line 1: expected" in (KeyRing.load(path, deployment=HERE).reason or "")


def test_a_ring_prints_no_key_and_is_not_pickled() -> None:
    whole = KeyRing(KEYS, deployment=HERE)

    assert "1111" not in repr(whole) + repr(whole.for_plugin("credentials"))
    with pytest.raises(TypeError):
        pickle.dumps(whole)
