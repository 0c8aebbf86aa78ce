"""Putting the keeping of the trail together at start: the seal of rows, the sealer, the signer."""

import os
import socket
from collections.abc import Mapping
from uuid import UUID

from foundation.audit.events import EventType
from foundation.audit.mac import PURPOSE, Macs
from foundation.audit.outside import NotesFile, NotesFolder, Outside
from foundation.audit.own import TRAIL_EVENTS
from foundation.audit.record import Recorder
from foundation.audit.sealer import Sealer
from foundation.audit.signer import KeyFile, Publisher
from foundation.audit.stamp import Stamper
from foundation.clock import Clock
from foundation.crypto.derive import AppSecret
from foundation.crypto.keyfile import RingRefused
from foundation.crypto.signing import read_signing_keys
from foundation.db.engine import Database
from foundation.settings import Settings, SettingsRefused


def build_recorder(
    settings: Settings,
    types: Mapping[str, EventType],
    *,
    clock: Clock,
    secret: AppSecret,
    app_version: str,
) -> Recorder:
    """Return the recorder of this process; raises `SettingsRefused` for a bad key file."""
    own = {each.name: each for each in TRAIL_EVENTS}
    writer = f"{socket.gethostname()}/{os.getpid()}"
    macs = build_macs(settings, secret)
    return Recorder({**own, **types}, clock, app_version, macs, writer)


def build_macs(settings: Settings, secret: AppSecret) -> Macs:
    """Return the keys that seal rows: those of their own file, or derived from the app secret."""
    if settings.audit_mac_key_file is None:
        return Macs.derived(secret.keys(PURPOSE))
    try:
        return Macs.read(settings.audit_mac_key_file)
    except RingRefused as refused:
        raise SettingsRefused([f"FOUNDATION_AUDIT_MAC_KEY_FILE: {refused}"]) from None


def build_sealer(
    settings: Settings, *, database: Database, deployment: UUID, recorder: Recorder
) -> Sealer:
    """Return the sealer of this process; raises `SettingsRefused` for a bad key file.

    With ``FOUNDATION_AUDIT_SIGNER=off`` the signing key is not even looked at.
    """
    assert recorder.macs is not None
    origin = origin_of(deployment)
    publisher = Publisher(
        database,
        recorder.clock,
        signs=build_signer(settings, origin) if settings.audit_signer == "on" else None,
        outside=build_outside(settings),
        is_expected=settings.audit_signer == "on",
    )
    return Sealer(database, recorder, recorder.macs, publisher, origin)


def build_stamper(settings: Settings, *, database: Database, clock: Clock) -> Stamper | None:
    """Return what has heads stamped, or None where no authority is named."""
    return Stamper(database, clock, settings.audit_tsa_url) if settings.audit_tsa_url else None


def build_outside(settings: Settings) -> Outside:
    """Return the places for signed heads that the settings name."""
    file, folder = settings.audit_notes_file, settings.audit_notes_folder
    return Outside(
        NotesFile(file) if file is not None else None,
        NotesFolder(folder) if folder is not None else None,
    )


def build_signer(settings: Settings, origin: str) -> KeyFile | None:
    """Return what signs heads, or None without a key; raises `SettingsRefused`."""
    if settings.audit_signing_key_file is None:
        return None
    try:
        return KeyFile(origin, read_signing_keys(settings.audit_signing_key_file))
    except RingRefused as refused:
        raise SettingsRefused([f"FOUNDATION_AUDIT_SIGNING_KEY_FILE: {refused}"]) from None


def origin_of(deployment: UUID) -> str:
    """Return the name of the log of *deployment*; it outlives a change of address."""
    return f"foundation/audit/{deployment}"
