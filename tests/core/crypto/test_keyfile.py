"""Attack A101: a key ring's file that is not exactly right is refused, and never printed."""

import base64
from pathlib import Path

import pytest

from foundation.crypto.keyfile import RingRefused, parse_keys, read_keys

CANARY = base64.b64encode(b"canary-canary-canary-canary-1234").decode()
SHORT = base64.b64encode(b"c" * 31).decode()
GOOD = f"k1 {CANARY}\nactive k1\n"


def test_a_good_ring_gives_its_keys_and_the_active_one() -> None:
    keys = parse_keys(GOOD.encode())

    assert keys.by_kid == {"k1": b"canary-canary-canary-canary-1234"}
    assert keys.active == "k1"


def test_the_keys_do_not_print() -> None:
    assert "canary" not in repr(parse_keys(GOOD.encode()))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        ("active k1\n", "empty"),
        (f"k1 {CANARY}\n", "exactly one line 'active"),
        (f"{GOOD}active k1\n", "exactly one line 'active"),
        (f"k1 {CANARY}\nactive k2\n", "names a kid that no line has"),
        (f"k1 {CANARY}\n{GOOD}", "line 2: this kid was already given"),
        (f"k1 {SHORT}\nactive k1\n", "line 1: the key is not 32 bytes"),
        (f"{GOOD}{CANARY}\n", "line 3: expected"),
        (f"K1 {CANARY}\nactive K1\n", "line 1: expected"),
        (f"k1  {CANARY}\nactive k1\n", "line 1: the key is not 32 bytes"),
        (GOOD.replace("\n", "\r\n"), "Windows line ends"),
        ("\ufeff" + GOOD, "byte order mark"),
        (GOOD + "# schlüssel\n", "not plain ASCII"),
        ("\x00" * 64, "line 1: expected"),
    ],
)
def test_a101_a_malformed_ring_is_refused_with_its_reason(content: str, reason: str) -> None:
    with pytest.raises(RingRefused, match=reason) as refused:
        parse_keys(content.encode())

    assert CANARY not in str(refused.value)
    assert SHORT not in str(refused.value)


def test_a101_a_missing_ring_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RingRefused, match="No such file"):
        read_keys(tmp_path / "absent")


def test_a101_a_ring_that_everybody_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ring"
    path.write_text(GOOD)
    path.chmod(0o444)

    with pytest.raises(RingRefused, match="everybody may read"):
        read_keys(path)


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o440])
def test_a_ring_of_its_owner_or_group_is_read(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "ring"
    path.write_text(GOOD)
    path.chmod(mode)

    assert read_keys(path).active == "k1"
