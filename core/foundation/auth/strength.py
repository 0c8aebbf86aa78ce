"""How strongly somebody proved who they are, as the provider says (RFC 8176); absent is weakest."""

from dataclasses import dataclass

KNOWN = frozenset({"pwd", "pin", "kba"})
HELD = frozenset({"otp", "sms", "tel", "hwk", "swk", "sc", "pop"})
BODY = frozenset({"fpt", "face", "iris", "retina", "vbm"})
"""What somebody knows, has, and is: two of the three are more than one factor."""


@dataclass(frozen=True, slots=True)
class Proof:
    """The class of the sign-in and the methods used in it; the class means what both agreed on."""

    acr: str = ""
    amr: tuple[str, ...] = ()

    @property
    def is_multi(self) -> bool:
        """Whether the provider says that it asked for more than one factor."""
        used = set(self.amr)
        return "mfa" in used or sum(bool(used & kind) for kind in (KNOWN, HELD, BODY)) > 1

    def columns(self) -> dict[str, object]:
        """Return what a session keeps of it."""
        return {"acr": self.acr, "amr": list(self.amr), "mfa": self.is_multi}


NO_PROOF = Proof()
