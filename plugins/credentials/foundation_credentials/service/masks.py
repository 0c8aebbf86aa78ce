"""Masks: what looks like a hidden value and not like a value."""

from collections.abc import Mapping

from foundation.sdk import FieldProblem, Invalid, Secret

SIGNS = frozenset("*\u2022\u25cf")
SHORTEST = 3


def refuse(values: Mapping[str, Secret | None]) -> None:
    """Raise `Invalid` for values that are only stars or dots.

    A form that was filled with what it once showed would otherwise replace a password by stars.
    """
    found = [name for name, value in values.items() if value is not None and _is_mask(value)]
    if found:
        detail = "looks like a mask; send allow_mask_like if it is the value"
        raise Invalid(errors=[FieldProblem(f"/values/{name}", detail, "mask") for name in found])


def _is_mask(value: Secret) -> bool:
    text = value.reveal()
    return len(text) >= SHORTEST and set(text) <= SIGNS
