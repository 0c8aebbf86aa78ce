"""The keeping of the trail as the settings say."""

import base64

import pytest
from tests.core.settings.complete import COMPLETE

from foundation import ids
from foundation.audit.start import build_macs, build_recorder, build_sealer, origin_of
from foundation.clock import SystemClock
from foundation.crypto.derive import AppSecret
from foundation.secret import Secret
from foundation.settings import SettingsRefused, read_settings

KEY = base64.b64encode(bytes(range(32))).decode()
DEPLOYMENT = ids.uuid7()


@pytest.fixture
def secret():
    return AppSecret(Secret(KEY), deployment=DEPLOYMENT)


def keys(path):
    path.write_text(f"k {KEY}\nactive k\n")
    path.chmod(0o400)
    return str(path)


def sealer(secret, **given):
    settings = read_settings({**COMPLETE, **given})
    recorder = build_recorder(settings, {}, clock=SystemClock(), secret=secret, app_version="1")
    return build_sealer(settings, database=None, deployment=DEPLOYMENT, recorder=recorder)


def test_without_a_file_rows_are_sealed_under_the_app_secret(secret):
    macs = build_macs(read_settings(COMPLETE), secret)

    assert macs.holds(macs.active, b"x", macs.seal(b"x"))


def test_with_files_rows_are_sealed_and_heads_signed_by_them(secret, tmp_path):
    made = sealer(
        secret,
        FOUNDATION_AUDIT_MAC_KEY_FILE=keys(tmp_path / "mac"),
        FOUNDATION_AUDIT_SIGNING_KEY_FILE=keys(tmp_path / "sign"),
        FOUNDATION_AUDIT_NOTES_FILE=str(tmp_path / "notes"),
    )

    assert made.macs.active == "k"
    assert made.publisher.signs.name == made.origin == origin_of(DEPLOYMENT)
    assert made.publisher.outside.file.path == tmp_path / "notes"


def test_with_signing_off_the_key_is_not_even_looked_at(secret, tmp_path):
    made = sealer(
        secret,
        FOUNDATION_AUDIT_SIGNER="off",
        FOUNDATION_AUDIT_SIGNING_KEY_FILE=str(tmp_path / "not there"),
    )

    assert made.publisher.signs is None
    assert not made.publisher.is_expected


@pytest.mark.parametrize("name", ["MAC", "SIGNING"])
def test_a_key_file_that_cannot_be_used_refuses_the_start(secret, tmp_path, name):
    variable = f"FOUNDATION_AUDIT_{name}_KEY_FILE"
    with pytest.raises(SettingsRefused, match=variable):
        sealer(secret, **{variable: str(tmp_path / "not there")})
