"""DER, as far as a time stamp needs it."""

import pytest

from foundation.audit.der import INTEGER, OCTETS, SEQUENCE, NotDer, der, der_integer, inside, nodes


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "020100"), (127, "02017f"), (128, "02020080"), (65_537, "0203010001")],
)
def test_whole_numbers_are_written_without_a_sign(value, written):
    assert der_integer(value).hex() == written


@pytest.mark.parametrize("size", [0, 127, 128, 255, 256, 70_000])
def test_what_is_written_is_read_again(size):
    written = der(SEQUENCE, der(OCTETS, b"x" * size), der_integer(5))

    assert list(nodes(inside(written, 0))) == [(OCTETS, b"x" * size), (INTEGER, b"\x05")]
    assert inside(written, 0, 1) == b"\x05"


@pytest.mark.parametrize("raw", ["30", "3005", "308201", "300302"])
def test_what_is_cut_short_is_refused(raw):
    with pytest.raises(NotDer):
        inside(bytes.fromhex(raw), 0, 0)
    with pytest.raises(NotDer):
        inside(b"", 0)
