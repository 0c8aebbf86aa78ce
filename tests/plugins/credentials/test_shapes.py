"""Kinds are Foundation's own and those that plugins add."""

from types import SimpleNamespace

import pytest
from pydantic import BaseModel

from foundation.ports import CredentialKind
from foundation.sdk import Invalid, Secret
from foundation_credentials import kinds
from foundation_credentials.kinds import KINDS
from foundation_credentials.shapes import Unknown, all_shapes, required_shape, shape_of


class Sftp(BaseModel):
    host: str
    password: Secret


def _context(*added):
    return SimpleNamespace(get=lambda _port: SimpleNamespace(credential_kinds=added))


def test_a_plugin_adds_a_kind_of_its_own():
    ctx = _context(CredentialKind("etl.sftp", "SFTP", Sftp))

    assert [*all_shapes(ctx)] == [*KINDS, "etl.sftp"]
    plain, secrets = kinds.parse(
        shape_of(ctx, "etl.sftp"), {"host": Secret("h"), "password": Secret("x")}
    )
    assert (plain, secrets) == ({"host": "h"}, {"password": Secret("x")})


def test_the_kind_of_a_plugin_that_is_away_is_unknown_and_all_secret():
    shape = shape_of(_context(), "etl.sftp")

    assert shape is Unknown
    assert kinds.is_secret(shape, "host")


def test_nothing_new_is_made_of_a_kind_that_is_away():
    with pytest.raises(Invalid):
        required_shape(_context(), "etl.sftp")
