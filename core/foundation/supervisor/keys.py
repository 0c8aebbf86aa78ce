"""The keys of a development data folder: made once, kept, readable by nobody else."""

import base64
import os
from collections.abc import Mapping
from pathlib import Path

from foundation.supervisor.refused import Exit, Refused

_KEY_BYTES = 32
_AUDIT = {
    "FOUNDATION_AUDIT_MAC_KEY_FILE": "audit-mac.key",
    "FOUNDATION_AUDIT_SIGNING_KEY_FILE": "audit-signing.key",
}


def variables(data: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that name the keys in *data*, made when they are missing.

    Those that *environ* names itself are left alone; raises `Refused` when one cannot be kept.
    """
    named = {}
    if not {"FOUNDATION_SECRET_KEY", "FOUNDATION_SECRET_KEY_FILE"} & environ.keys():
        named["FOUNDATION_SECRET_KEY_FILE"] = _kept(data / "secret.key", f"{fresh_key()}\n")
    if "FOUNDATION_KEYRING_FILE" not in environ:
        ring = f"first {fresh_key()}\nactive first\n"
        named["FOUNDATION_KEYRING_FILE"] = _kept(data / "keyring", ring)
    for setting, name in _AUDIT.items():
        if setting not in environ:
            named[setting] = _kept(data / name, f"first {fresh_key()}\nactive first\n")
    if "FOUNDATION_AUDIT_NOTES_FILE" not in environ:
        named["FOUNDATION_AUDIT_NOTES_FILE"] = str(data / "audit.notes")
    return named


def fresh_key() -> str:
    """Return 32 random bytes in base64."""
    return base64.b64encode(os.urandom(_KEY_BYTES)).decode("ascii")


def _kept(path: Path, content: str) -> str:
    """Write *content* to *path*, unless there is something: a lost key is lost data."""
    if path.exists():
        return str(path)
    fresh = path.with_name(f"{path.name}.new")
    try:
        fresh.unlink(missing_ok=True)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
    except OSError as refused:
        raise Refused(
            Exit.SETTINGS, f"the key {path} cannot be written: {refused.strerror}"
        ) from None
    return str(path)
