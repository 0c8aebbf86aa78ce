"""Shapes: which kinds there are for whoever asks, Foundation's own and those plugins add."""

from collections.abc import Mapping

from pydantic import ConfigDict, Field

from foundation.ports import CredentialKind, catalogue
from foundation.sdk import Context, FieldProblem, Invalid, Secret
from foundation_credentials.kinds import KINDS, Kind, Shape


class Unknown(Kind):
    """Stands in for the kind of a plugin that is away: every field counts as secret."""

    model_config = ConfigDict(extra="allow")
    title = "Unknown kind"
    __pydantic_extra__: dict[str, Secret] = Field(init=False)


def all_shapes(ctx: Context) -> Mapping[str, CredentialKind]:
    """Return every kind by its name: Foundation's own first."""
    own = {name: CredentialKind(name, model.title, model) for name, model in KINDS.items()}
    added = {kind.id: kind for kind in ctx.get(catalogue).credential_kinds}
    return {**own, **added}


def shape_of(ctx: Context, kind: str) -> Shape:
    """Return the model of *kind*; `Unknown` for one whose plugin is away."""
    found = all_shapes(ctx).get(kind)
    return found.model if found else Unknown


def required_shape(ctx: Context, kind: str) -> Shape:
    """Return the model of *kind*; raises `Invalid` when there is no such kind."""
    found = all_shapes(ctx).get(kind)
    if found is None:
        raise Invalid(errors=[FieldProblem("/kind", "there is no such kind", "unknown_kind")])
    return found.model
