"""What lies beside a dump: read strictly, or refused with what it should be."""

from datetime import UTC, datetime

import pytest

from foundation.backup.manifest import CHUNK, Manifest, NoManifest, beside, digest_of, read_manifest

KNOWN = Manifest(
    made_at=datetime(2026, 5, 20, tzinfo=UTC),
    deployment="d",
    foundation="0.1.0",
    server=180_004,
    tables={"foundation.users": 3},
    keys={"k1": "00ff"},
    tree_size=7,
    bytes=3,
    sha256="0" * 64,
)


@pytest.fixture
def dump(tmp_path):
    file = tmp_path / "foundation-20260520T000000Z.dump"
    file.write_bytes(b"abc")
    return file


def test_it_comes_back_as_it_was_written(dump):
    beside(dump).write_text(KNOWN.model_dump_json())

    assert read_manifest(dump) == KNOWN


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"format": 2}', "nonsense"])
def test_what_is_none_is_refused_with_its_name(dump, text):
    beside(dump).write_text(text)

    with pytest.raises(NoManifest, match=r"\.dump\.json is not what"):
        read_manifest(dump)


def test_one_that_is_absent_says_where_it_should_be(dump):
    with pytest.raises(NoManifest, match=r"\.dump\.json is not there"):
        read_manifest(dump)


def test_a_digest_is_over_every_byte(tmp_path):
    file = tmp_path / "large"
    file.write_bytes(b"a" * CHUNK + b"b")
    whole = digest_of(file)
    file.write_bytes(b"a" * CHUNK + b"c")

    assert whole != digest_of(file)
    assert len(whole) == 64
