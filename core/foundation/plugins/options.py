"""Options of a command from its pydantic model: one for each field, and what is typed read back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from foundation.plugins.forms import OutsideSubset, form_schema


@dataclass(frozen=True, slots=True)
class Option:
    """One option: *kind* is that of JSON Schema, *choices* are the words it takes, if only those.

    *default* is for people to read; the model itself puts it in the place of what is not given.
    """

    field: str
    kind: str
    help: str
    required: bool = False
    many: bool = False
    choices: tuple[Any, ...] = ()  # plain values of any kind
    default: str = ""

    @property
    def flag(self) -> str:
        """The option as it is typed."""
        return f"--{self.field.replace('_', '-')}"

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way it is typed: what is either so or not has one for each."""
        return (self.flag, f"--no-{self.flag[2:]}") if self.is_switch else (self.flag,)

    @property
    def is_switch(self) -> bool:
        """Whether it is given without a value."""
        return self.kind == "boolean" and not self.many

    def value_of(self, typed: Any) -> Any:  # what the parser gives, and what the model takes
        """Return the value for the model."""
        if self.many:
            return [self._one(each) for each in typed]
        return self._one(typed)

    def _one(self, typed: Any) -> Any:
        return {str(choice): choice for choice in self.choices}.get(typed, typed)


def options_of(model: type[BaseModel]) -> tuple[Option, ...]:
    """Return an option for each field of *model*, in their order.

    Raises `OutsideSubset` naming a field that no option can give: an object, or a secret.
    """
    if not model.model_fields:
        return ()
    schema = form_schema(model)
    required = schema.get("required", ())
    return tuple(
        _option(name, field, is_required=name in required)
        for name, field in schema["properties"].items()
    )


def _option(name: str, schema: Mapping[str, Any], *, is_required: bool) -> Option:
    many = schema["type"] == "array"
    one = schema["items"] if many else schema
    if one["type"] == "object":
        raise OutsideSubset(f"{name} is an object")
    if one.get("writeOnly") or schema.get("writeOnly"):
        raise OutsideSubset(f"{name} is a secret, and others see what is typed")
    default = schema.get("default")
    return Option(
        field=name,
        kind=one["type"],
        help=schema.get("description") or schema.get("title", ""),
        required=is_required,
        many=many,
        choices=tuple(one.get("enum", ())),
        default="" if default is None or default == [] else str(default),
    )
