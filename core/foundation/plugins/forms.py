"""Forms from pydantic models: the part of JSON Schema that the shell can draw.

An object of scalars, enums, arrays of scalars and one nested object (web.md, section 2). What
does not fit is refused by the field's name when the plugin loads, not met by a person later.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

Json = dict[str, Any]  # a JSON Schema is made of plain values of any kind

SCALARS = frozenset({"string", "number", "integer", "boolean"})
FORMATS = frozenset({"email", "uri", "date", "date-time", "uuid"})
KEPT = (
    *("title", "description", "default", "enum", "oneOf", "minLength", "maxLength", "pattern"),
    *("minimum", "maximum", "writeOnly", "readOnly", "x-ui"),
)


class OutsideSubset(Exception):
    """A field cannot be drawn as a form; the message names it."""


def form_schema(model: type[BaseModel]) -> Json:
    """Return *model* as a schema of the subset; raises `OutsideSubset` naming the field.

    A `Secret` becomes ``writeOnly``; ``T | None`` becomes an optional T. Limits the shell does
    not know are left out: the server checks them again in any case.
    """
    whole = model.model_json_schema(mode="validation")
    return _object(whole, whole.get("$defs", {}), where="", deep=False)


def _object(schema: Json, named: Mapping[str, Json], *, where: str, deep: bool) -> Json:
    properties = schema.get("properties")
    if not properties:
        raise OutsideSubset(f"{where or 'the form'} has no named fields")
    reduced: Json = {"type": "object"} | {
        key: schema[key] for key in ("title", "description") if key in schema
    }
    reduced["properties"] = {
        name: _field(field, named, where=f"{where}.{name}".lstrip("."), deep=deep)
        for name, field in properties.items()
    }
    if schema.get("required"):
        reduced["required"] = schema["required"]
    return reduced


def _field(schema: Json, named: Mapping[str, Json], *, where: str, deep: bool) -> Json:
    schema = _plain(schema, named, where)
    if "const" in schema:
        schema = {**schema, "enum": [schema["const"]]}
    kind = schema.get("type")
    if kind is None and ("enum" in schema or "oneOf" in schema):
        kind = "string"
    if kind in SCALARS:
        return _scalar(schema, kind)
    if kind == "array":
        items = _plain(schema.get("items", {}), named, where)
        if items.get("type") not in SCALARS:
            raise OutsideSubset(f"{where} is a list of more than plain values")
        return {**_kept(schema), "type": "array", "items": _scalar(items, items["type"])}
    if kind == "object" and not deep:
        return {**_kept(schema), **_object(schema, named, where=where, deep=True)}
    if kind == "object":
        raise OutsideSubset(f"{where} is an object within an object within the form")
    raise OutsideSubset(f"{where} has a type that no form can show")


def _plain(schema: Json, named: Mapping[str, Json], where: str) -> Json:
    """Put a reference's target in its place, and T in the place of ``T | None``."""
    if "$ref" in schema:
        target = named[schema["$ref"].rpartition("/")[2]]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    if "anyOf" not in schema:
        return schema
    ways = [way for way in schema["anyOf"] if way.get("type") != "null"]
    if len(ways) != 1:
        raise OutsideSubset(f"{where} may be of several types")
    beside = {key: value for key, value in schema.items() if key != "anyOf"}
    if beside.get("default", ...) is None:
        del beside["default"]
    return {**_plain(ways[0], named, where), **beside}


def _scalar(schema: Json, kind: str) -> Json:
    reduced = {"type": kind, **_kept(schema)}
    if schema.get("format") in FORMATS:
        reduced["format"] = schema["format"]
    if schema.get("writeOnly"):
        reduced.setdefault("x-ui", {"widget": "secret"})
    return reduced


def _kept(schema: Json) -> Json:
    return {key: schema[key] for key in KEPT if key in schema}
