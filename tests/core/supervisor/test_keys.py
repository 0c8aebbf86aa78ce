"""The keys of a development data folder."""

import stat
from pathlib import Path

import pytest

from foundation.crypto.derive import key_from_text
from foundation.crypto.keyfile import read_keys
from foundation.supervisor import keys
from foundation.supervisor.refused import Refused


def test_every_key_is_made_readable_by_its_owner_alone(tmp_path):
    named = keys.variables(tmp_path, {})
    assert named.pop("FOUNDATION_AUDIT_NOTES_FILE") == str(tmp_path / "audit.notes")
    files = [Path(path) for path in named.values()]

    assert set(named) == {
        "FOUNDATION_SECRET_KEY_FILE",
        "FOUNDATION_KEYRING_FILE",
        "FOUNDATION_AUDIT_MAC_KEY_FILE",
        "FOUNDATION_AUDIT_SIGNING_KEY_FILE",
    }
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600] * 4


def test_the_keys_are_kept_from_one_start_to_the_next(tmp_path):
    keys.variables(tmp_path, {})
    first = {path: path.read_text() for path in tmp_path.iterdir()}
    keys.variables(tmp_path, {})

    assert {path: path.read_text() for path in tmp_path.iterdir()} == first
    assert len(first) == 4


def test_the_vault_and_the_cookies_can_read_their_keys(tmp_path):
    named = keys.variables(tmp_path, {})
    ring = read_keys(Path(named["FOUNDATION_KEYRING_FILE"]))
    secret = Path(named["FOUNDATION_SECRET_KEY_FILE"]).read_text().strip()

    assert ring.active in ring.by_kid
    assert key_from_text(secret) is not None


def test_keys_that_are_named_already_are_left_alone(tmp_path):
    given = {
        "FOUNDATION_SECRET_KEY": "x",
        "FOUNDATION_KEYRING_FILE": "/run/ring",
        "FOUNDATION_AUDIT_MAC_KEY_FILE": "/run/mac",
        "FOUNDATION_AUDIT_SIGNING_KEY_FILE": "/run/sign",
        "FOUNDATION_AUDIT_NOTES_FILE": "/run/notes",
    }

    assert keys.variables(tmp_path, given) == {}
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_takes_no_key_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be written"):
        keys.variables(tmp_path / "absent", {})
