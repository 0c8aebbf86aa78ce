"""A bundle opens with its passphrase and with nothing else."""

import pytest

from foundation.crypto.bundle import HEADER, BundleRefused, open_bundle, seal_bundle
from foundation.secret import Secret

PASS = Secret("correct horse battery")


def test_a_bundle_opens_with_its_passphrase():
    bundle = seal_bundle(Secret("content \u00e9"), PASS)

    assert bundle.startswith(f"{HEADER}\n")
    assert "content" not in bundle
    assert open_bundle(bundle, PASS) == Secret("content \u00e9")


def test_another_passphrase_or_a_changed_bundle_does_not_open_and_says_nothing_more():
    bundle = seal_bundle(Secret("content"), PASS)
    body = bundle.split("\n")[1]
    changed = f"{HEADER}\n{body[:-6]}AAAAA=\n"

    for text, passphrase in ((bundle, Secret("another passphrase")), (changed, PASS)):
        with pytest.raises(BundleRefused, match="the passphrase is another one"):
            open_bundle(text, passphrase)


@pytest.mark.parametrize("text", ["", "foundation-bundle 2\nAAAA", f"{HEADER}\n", f"{HEADER}\n!!"])
def test_what_is_no_bundle_is_refused(text):
    with pytest.raises(BundleRefused):
        open_bundle(text, PASS)
