"""TLS to others is bounded by us, not by how Python was built."""

import ssl

import pytest

from foundation import tls


def test_a_context_that_would_speak_anything_is_bounded():
    loose = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    loose.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED

    assert tls.bounded(loose) is loose
    assert loose.minimum_version == ssl.TLSVersion.TLSv1_2


def test_a_client_checks_the_certificate_and_whose_it_is():
    context = tls.trusting()

    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)


def test_a_file_of_authorities_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        tls.trusting(tmp_path / "nobody.pem")
