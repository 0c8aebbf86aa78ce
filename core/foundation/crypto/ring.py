"""The key ring: seals values and opens them, for one plugin at a time.

Each value has a data key of its own (AES-256-GCM), wrapped under a key of the ring with
AES-256-GCM-SIV, because one ring key wraps many data keys and a repeated nonce must not matter.
A ring that cannot be trusted is sealed: it says why, and neither opens nor writes anything.
"""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM, AESGCMSIV

from foundation.crypto.derive import KEY_BYTES, derive, joined
from foundation.crypto.envelope import Binding, SealedValue
from foundation.crypto.keyfile import Keys, RingRefused, read_keys
from foundation.errors import Conflict, Unavailable
from foundation.secret import Secret

FORMAT = 1
LABEL = "fnd-cred-v1"
NONCE_BYTES = 12
BLOCK = 32
"""Sealed values are padded to a multiple of this, so their lengths tell little."""


class VaultSealed(Unavailable):
    """The ring is missing or wrong: nothing is opened and nothing is written until it is mended."""

    code, title = "vault_sealed", "The vault is sealed"


class SealBroken(Conflict):
    """A value does not open: it, its key or its place was changed. One class for every reason."""

    code, title = "seal_broken", "This value cannot be opened any more"


class SubRing:
    """The ring of one plugin: what it seals, no other plugin opens."""

    __slots__ = ("_active", "_deployment", "_keys", "_reason")

    def __init__(
        self, keys: Mapping[str, bytes], *, active: str, deployment: UUID, reason: str | None
    ) -> None:
        self._keys = keys
        self._active = active
        self._deployment = deployment
        self._reason = reason

    def __repr__(self) -> str:
        return f"SubRing(active={self._active!r}, sealed={self._reason is not None})"

    def seal(self, value: Secret, binding: Binding) -> SealedValue:
        """Seal *value* to *binding* under the active key; raises `VaultSealed`."""
        self._require_open()
        dek = AESGCM.generate_key(KEY_BYTES * 8)
        nonce, wnonce = secrets.token_bytes(NONCE_BYTES), secrets.token_bytes(NONCE_BYTES)
        place = self._place(binding)
        ct = AESGCM(dek).encrypt(nonce, _padded(value.reveal().encode()), place)
        wrap = AESGCMSIV(self._keys[self._active])
        wdek = wrap.encrypt(wnonce, dek, place + joined(self._active))
        return SealedValue(FORMAT, self._active, wnonce, wdek, nonce, ct)

    def open(self, sealed: SealedValue, binding: Binding) -> Secret:
        """Return what was sealed to *binding*; raises `SealBroken`, or `VaultSealed`.

        The key is looked up by its id, never tried one by one.
        """
        dek = self._unwrapped(sealed, binding)
        try:
            padded = AESGCM(dek).decrypt(sealed.nonce, sealed.ct, self._place(binding))
            return Secret(_unpadded(padded).decode())
        except (InvalidTag, ValueError):
            raise SealBroken("this value does not open in its place") from None

    def rewrap(self, sealed: SealedValue, binding: Binding) -> SealedValue:
        """Return *sealed* with its data key wrapped under the active key; the value stays shut.

        Raises `SealBroken` and `VaultSealed` as `open` does.
        """
        dek = self._unwrapped(sealed, binding)
        wnonce = secrets.token_bytes(NONCE_BYTES)
        place = self._place(binding) + joined(self._active)
        wdek = AESGCMSIV(self._keys[self._active]).encrypt(wnonce, dek, place)
        return SealedValue(sealed.fmt, self._active, wnonce, wdek, sealed.nonce, sealed.ct)

    def _unwrapped(self, sealed: SealedValue, binding: Binding) -> bytes:
        self._require_open()
        if sealed.fmt != FORMAT:
            raise SealBroken(f"unknown format {sealed.fmt}")
        if sealed.kid not in self._keys:
            raise VaultSealed(f"the key ring lacks the key {sealed.kid}")
        place = self._place(binding) + joined(sealed.kid)
        try:
            return AESGCMSIV(self._keys[sealed.kid]).decrypt(sealed.wnonce, sealed.wdek, place)
        except (InvalidTag, ValueError):
            # A wrong length is a ValueError in this library; neither text may reach anybody.
            raise SealBroken("this value does not open in its place") from None

    def _require_open(self) -> None:
        if self._reason is not None:
            raise VaultSealed(self._reason)

    def _place(self, binding: Binding) -> bytes:
        return joined(
            LABEL,
            str(self._deployment),
            str(binding.thing),
            str(binding.version),
            binding.field,
            binding.type,
        )


class KeyRing:
    """All keys of this deployment's vault, or the reason why it is sealed."""

    __slots__ = ("_active", "_deployment", "_keys", "_wrapping", "reason")

    def __init__(self, keys: Keys | None, *, deployment: UUID, reason: str | None = None) -> None:
        self._keys = keys
        self._deployment = deployment
        self._active = keys.active if keys else ""
        self._wrapping: dict[str, dict[str, bytes]] = {}
        self.reason = reason

    def __repr__(self) -> str:
        return f"KeyRing(kids={self.kids!r}, reason={self.reason!r})"

    def __reduce__(self) -> Any:  # the signature of object
        raise TypeError("a KeyRing is not pickled")

    @classmethod
    def load(cls, path: Path | None, *, deployment: UUID) -> Self:
        """Read the ring at *path*; a ring that cannot be used is sealed, with its reason."""
        if path is None:
            return cls(None, deployment=deployment, reason="FOUNDATION_KEYRING_FILE is not set")
        try:
            return cls(read_keys(path), deployment=deployment)
        except RingRefused as refused:
            return cls(None, deployment=deployment, reason=str(refused))

    def sealed(self, reason: str) -> Self:
        """Return this ring, sealed for *reason*: it keeps its kids, to be told, and no key."""
        return type(self)(None, deployment=self._deployment, reason=reason)

    @property
    def is_sealed(self) -> bool:
        """Whether nothing can be opened or written."""
        return self.reason is not None

    @property
    def kids(self) -> tuple[str, ...]:
        """The ids of the keys at hand, sorted; none when the ring is sealed."""
        return tuple(sorted(self._keys.by_kid)) if self._keys else ()

    @property
    def active(self) -> str:
        """The id of the key that writes; empty when the ring is sealed."""
        return self._active

    def activate(self, kid: str) -> None:
        """Let *kid* write from now on; a key that is not at hand changes nothing."""
        if kid in self.kids:
            self._active = kid

    def subkey(self, kid: str, purpose: str) -> bytes:
        """Return the sub-key of *kid* for *purpose*; raises `VaultSealed` when it is away."""
        if self._keys is None or kid not in self._keys.by_kid:
            raise VaultSealed(self.reason or f"the key ring lacks the key {kid}")
        return derive(self._keys.by_kid[kid], salt=self._deployment, purpose=purpose)

    def for_plugin(self, plugin: str) -> SubRing:
        """Return the ring under which *plugin* seals."""
        if plugin not in self._wrapping:  # deriving costs more than sealing
            purpose = f"foundation/wrap/v1/{plugin}"
            self._wrapping[plugin] = {kid: self.subkey(kid, purpose) for kid in self.kids}
        keys = self._wrapping[plugin]
        return SubRing(keys, active=self.active, deployment=self._deployment, reason=self.reason)


def _padded(value: bytes) -> bytes:
    marked = value + b"\x80"
    return marked + bytes(-len(marked) % BLOCK)


def _unpadded(padded: bytes) -> bytes:
    return padded[: padded.rindex(b"\x80")]
