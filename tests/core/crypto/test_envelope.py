"""A binding and a sealed value are what is stored, and no more."""

import dataclasses
from uuid import UUID

from foundation.crypto.envelope import Binding, SealedValue

BINDING = Binding(UUID(int=1), 1, "password", "secret")


def test_a_binding_differs_in_each_of_its_parts():
    others = {
        dataclasses.replace(BINDING, thing=UUID(int=2)),
        dataclasses.replace(BINDING, version=2),
        dataclasses.replace(BINDING, field="user"),
        dataclasses.replace(BINDING, type="text"),
    }

    assert len(others | {BINDING}) == 5


def test_a_sealed_value_holds_what_its_columns_hold():
    names = [field.name for field in dataclasses.fields(SealedValue)]

    assert names == ["fmt", "kid", "wnonce", "wdek", "nonce", "ct"]
