"""What is known of a dump, in a file beside it: enough to tell later whether it came back whole."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

CHUNK = 1 << 20


class NoManifest(Exception):
    """There is nothing readable beside the dump that says what should be in it."""


class Manifest(BaseModel):
    """What a dump holds.

    *tables* are numbers of rows by ``schema.table``, of the same moment as the dump; *keys* are
    the fingerprints of the vault's keys by their ids; *tree_size* is how many events had a leaf.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    made_at: datetime
    deployment: str
    foundation: str
    server: int
    tables: dict[str, int]
    keys: dict[str, str]
    tree_size: int
    bytes: int
    sha256: str


def beside(dump: Path) -> Path:
    """Return where the manifest of *dump* is."""
    return dump.with_name(dump.name + ".json")


def read_manifest(dump: Path) -> Manifest:
    """Return what is known of *dump*; raises `NoManifest`."""
    try:
        return Manifest.model_validate_json(beside(dump).read_bytes())
    except OSError:
        raise NoManifest(f"{beside(dump)} is not there; it was made with the dump") from None
    except ValidationError:
        raise NoManifest(f"{beside(dump)} is not what `foundation backup` wrote") from None


def digest_of(file: Path) -> str:
    """Return the SHA-256 of *file* in hexadecimal."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
