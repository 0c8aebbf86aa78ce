"""A form is the part of JSON Schema that the shell draws; anything else names its field."""

from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import pytest
from pydantic import Field, create_model

from foundation.http.models import Request
from foundation.plugins.forms import OutsideSubset, form_schema
from foundation.secret import Secret


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Address(Request):
    street: str


class Deep(Request):
    address: Address


def field(annotation, default=...):
    """Return the schema of one field of that type."""
    return form_schema(create_model("Form", __base__=Request, thing=(annotation, default)))[
        "properties"
    ]["thing"]


@pytest.mark.parametrize(
    ("annotation", "schema"),
    [
        (str, {"type": "string", "title": "Thing"}),
        (int, {"type": "integer", "title": "Thing"}),
        (bool, {"type": "boolean", "title": "Thing"}),
        (UUID, {"type": "string", "title": "Thing", "format": "uuid"}),
        (Literal["a", "b"], {"type": "string", "title": "Thing", "enum": ["a", "b"]}),
        (Literal["a"], {"type": "string", "title": "Thing", "enum": ["a"]}),
        (
            Annotated[str, Field(min_length=1, max_length=9, pattern="^a")],
            {"type": "string", "title": "Thing", "minLength": 1, "maxLength": 9, "pattern": "^a"},
        ),
        (
            list[int],
            {"type": "array", "title": "Thing", "items": {"type": "integer"}},
        ),
    ],
)
def test_plain_fields_are_kept(annotation, schema):
    assert field(annotation) == schema


def test_an_enum_is_put_in_its_place():
    assert field(Colour)["enum"] == ["red", "blue"]


def test_an_optional_field_is_its_type_and_not_required():
    model = create_model("Form", __base__=Request, thing=(str | None, None))

    assert form_schema(model)["properties"]["thing"] == {"type": "string", "title": "Thing"}
    assert "required" not in form_schema(model)


def test_a_secret_is_written_and_never_read_back():
    assert field(Secret) == {
        "type": "string",
        "title": "Thing",
        "writeOnly": True,
        "x-ui": {"widget": "secret"},
    }


def test_what_the_author_says_for_the_form_is_kept():
    extra = {"x-ui": {"widget": "textarea"}}

    assert field(Annotated[str, Field(json_schema_extra=extra)])["x-ui"] == {"widget": "textarea"}


def test_one_object_within_the_form_is_drawn():
    schema = field(Address)

    assert schema["type"] == "object"
    assert schema["properties"]["street"] == {"type": "string", "title": "Street"}


@pytest.mark.parametrize(
    ("annotation", "words"),
    [
        (Deep, "thing.address is an object within an object"),
        (dict[str, str], "thing has no named fields"),
        (list[Address], "thing is a list of more than plain values"),
        (int | str, "thing may be of several types"),
        (object, "thing has a type that no form can show"),
    ],
)
def test_what_no_form_can_show_is_refused_by_its_name(annotation, words):
    with pytest.raises(OutsideSubset, match=words):
        field(annotation)


def test_an_empty_form_is_refused():
    with pytest.raises(OutsideSubset, match="the form has no named fields"):
        form_schema(create_model("Form", __base__=Request))
