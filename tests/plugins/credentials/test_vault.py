"""The vault: what is sealed opens in its own place, with its own ring, and nowhere else."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from foundation.crypto.keyfile import Keys
from foundation.crypto.ring import KeyRing, SealBroken, VaultSealed
from foundation.ids import uuid7
from foundation.sdk import Secret
from foundation_credentials import vault
from foundation_credentials.models import Credential

DEPLOYMENT = uuid7()
RING = KeyRing(Keys({"k1": bytes(range(32))}, "k1"), deployment=DEPLOYMENT)
NOW = datetime(2026, 5, 1, tzinfo=UTC)


def _context(ring=RING, plugin="credentials"):
    return SimpleNamespace(keyring=ring.for_plugin(plugin))


def _row(**values):
    return Credential(
        **{"id": uuid7(), "kind": "basic", "values_version": 1, "values_at": NOW} | values
    )


def _sealed(row, text="hunter2"):
    (sealed,) = vault.seal(_context(), row, secrets={"password": Secret(text)})
    return sealed


def test_a_sealed_value_opens():
    row = _row()

    assert vault.open_one(_context(), row, sealed=_sealed(row)) == Secret("hunter2")


async def test_several_values_open_by_their_names():
    row = _row()
    values = {"a": Secret("1"), "b": Secret("")}

    sealed = vault.seal(_context(), row, secrets=values)

    assert await vault.open_all(_context(), row, sealed=sealed) == values


def test_a_sealed_value_knows_its_place():
    row = _row(values_version=7)

    sealed = _sealed(row)

    assert (sealed.cred_id, sealed.version, sealed.field) == (row.id, 7, "password")
    assert (sealed.state, sealed.updated_at) == ("sealed", NOW)


@pytest.mark.parametrize("moved", [{"field": "token"}, {"version": 2}])
def test_a_value_moved_to_another_field_or_version_does_not_open(moved):
    row = _row()
    sealed = _sealed(row)
    for name, value in moved.items():
        setattr(sealed, name, value)

    with pytest.raises(SealBroken):
        vault.open_one(_context(), row, sealed=sealed)


@pytest.mark.parametrize("other", [{"id": uuid7()}, {"kind": "bearer"}])
def test_a_value_does_not_open_for_another_credential_or_kind(other):
    row = _row()
    sealed = _sealed(row)

    with pytest.raises(SealBroken):
        vault.open_one(_context(), _row(**{"id": row.id} | other), sealed=sealed)


def test_another_plugins_ring_does_not_open_it():
    row = _row()

    with pytest.raises(SealBroken):
        vault.open_one(_context(plugin="projects"), row, sealed=_sealed(row))


def test_another_deployment_does_not_open_it():
    row = _row()
    elsewhere = KeyRing(Keys({"k1": bytes(range(32))}, "k1"), deployment=uuid7())

    with pytest.raises(SealBroken):
        vault.open_one(_context(elsewhere), row, sealed=_sealed(row))


def test_a_sealed_ring_neither_seals_nor_opens():
    row = _row()
    shut = _context(RING.sealed("the ring is away"))

    with pytest.raises(VaultSealed):
        vault.seal(shut, row, secrets={"password": Secret("x")})
    with pytest.raises(VaultSealed):
        vault.open_one(shut, row, sealed=_sealed(row))


def test_the_same_value_is_never_sealed_alike():
    row = _row()

    first, second = _sealed(row), _sealed(row)

    assert {first.ct, first.wdek, first.nonce}.isdisjoint({second.ct, second.wdek, second.nonce})


def test_a_short_and_a_longer_value_are_equally_long_at_rest():
    row = _row()

    assert len(_sealed(row, "a").ct) == len(_sealed(row, "a" * 31).ct)


def test_a_rings_absence_shows_at_the_name_of_the_key():
    row = _row()
    ring = KeyRing(Keys({"k2": bytes(32)}, "k2"), deployment=DEPLOYMENT)

    with pytest.raises(VaultSealed, match="k1"):
        vault.open_one(_context(ring), row, sealed=_sealed(row))
