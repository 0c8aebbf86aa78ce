"""The shape of an event's detail: what must not be in one, and how a changed one is noticed."""

import hashlib
import re
from functools import lru_cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from foundation.audit.events import Commit, Detail, Drop, Keyed, Mask, Plain
from foundation.audit.proof.canonical import canonical
from foundation.secret import Secret

MARKS = (Plain, Drop, Mask, Keyed, Commit)
SECRET_NAME = re.compile(
    r"(^|_)(token|secret|password|passwd|passphrase|api_?key|private_?key|cookie|pin)s?($|_)"
)


def detail_problems(detail: type[Detail]) -> list[str]:
    """Return what is wrong with the fields of *detail*: floats, and secrets nobody marked."""
    problems = list[str]()
    for model in _models(detail):
        for name, field in model.model_fields.items():
            kinds = _kinds(field.annotation)
            if float in kinds:
                problems.append(f"{name} is a float: give a decimal or a text")
            looks_secret = SECRET_NAME.search(name) and not kinds <= {bool, type(None)}
            if looks_secret and not marks_of(field) and Secret not in kinds:
                problems.append(f"{name} looks secret: mark it Plain, Mask, Keyed, Commit or Drop")
    return problems


def marks_of(field: FieldInfo) -> list[str]:
    """Return the marks of *field* as words."""
    found = list[str]()
    for mark in field.metadata:
        kind = mark if isinstance(mark, type) else type(mark)
        if kind in MARKS:
            found.append(f"Mask({mark.keep})" if isinstance(mark, Mask) else kind.__name__)
    return found


@lru_cache(maxsize=1024)  # asked for again at each step of a start
def signature(detail: type[Detail]) -> str:
    """Return a hash that changes when what is stored of *detail* does; words may change freely."""
    marks = {
        f"{model.__name__}.{name}": marks_of(field)
        for model in _models(detail)
        for name, field in model.model_fields.items()
    }
    schema = _without_words(schema_of(detail), named=False)
    return hashlib.sha256(canonical({"schema": schema, "marks": marks})).hexdigest()


@lru_cache(maxsize=1024)
def schema_of(detail: type[Detail]) -> dict[str, Any]:  # JSON Schema
    """Return what is stored of *detail* as a schema; it is shared, so nobody changes it."""
    return detail.model_json_schema()


def _without_words(schema: Any, *, named: bool) -> Any:  # JSON Schema
    """Drop titles and descriptions; *named* where the keys are the names of fields."""
    if isinstance(schema, list):
        return [_without_words(item, named=False) for item in schema]
    if isinstance(schema, dict):
        kept = {k: v for k, v in schema.items() if named or k not in {"title", "description"}}
        return {
            name: _without_words(item, named=not named and name in {"properties", "$defs"})
            for name, item in kept.items()
        }
    return str(schema) if isinstance(schema, float) else schema


def _models(detail: type[BaseModel]) -> list[type[BaseModel]]:
    """Return *detail* and every model below it, each once."""
    found, waiting = list[type[BaseModel]](), [detail]
    while waiting:
        model = waiting.pop()
        if model not in found:
            found.append(model)
            for field in model.model_fields.values():
                kinds = _kinds(field.annotation)
                waiting += [k for k in kinds if isinstance(k, type) and issubclass(k, BaseModel)]
    return found


def _kinds(annotation: Any) -> set[Any]:  # any type form
    inner = get_args(annotation)
    return {annotation} if not inner else {kind for part in inner for kind in _kinds(part)}
