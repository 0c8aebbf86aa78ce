"""Settings of a deployment that signs its trail and keeps the notes outside the database."""

import base64
from pathlib import Path

KEY = base64.b64encode(bytes(range(32))).decode()


def signing(folder: Path) -> dict[str, str]:
    """Write a signing key into *folder*; return the settings that name it and the place of notes."""
    keys = folder / "sign"
    keys.write_text(f"k {KEY}\nactive k\n")
    keys.chmod(0o400)
    return {
        "FOUNDATION_AUDIT_SIGNING_KEY_FILE": str(keys),
        "FOUNDATION_AUDIT_NOTES_FILE": str(folder / "notes"),
    }
