"""What comes in is strict and frozen; what goes out shows declared fields only."""

from dataclasses import dataclass

import pytest
from pydantic import TypeAdapter, ValidationError

from foundation.http.models import (
    Moment,
    Name,
    Page,
    PageQuery,
    Query,
    Reason,
    Request,
    Slug,
    Text,
    View,
)


class NewThing(Request):
    name: Name
    count: int = 0


class ThingView(View):
    name: str


@dataclass
class Row:
    name: str
    password: str


def problems(model, data: dict[str, object]) -> list[tuple[str, str]]:
    """Return field and kind of each problem of *data*."""
    with pytest.raises(ValidationError) as caught:
        model.model_validate(data)
    return [(str(error["loc"][0]), error["type"]) for error in caught.value.errors()]


def test_all_wrong_fields_of_a_body_are_told_at_once():
    assert problems(NewThing, {"name": "", "count": "3", "more": 1}) == [
        ("name", "string_too_short"),
        ("count", "int_type"),
        ("more", "extra_forbidden"),
    ]


def test_a_body_does_not_change_after_it_was_read():
    with pytest.raises(ValidationError):
        NewThing(name="a").name = "b"  # type: ignore[misc]  # that is the point


def test_a_name_is_stripped_and_one_of_blanks_is_none():
    assert NewThing(name="  Ops  ").name == "Ops"
    assert problems(NewThing, {"name": "   "}) == [("name", "string_too_short")]


@pytest.mark.parametrize(("kind", "most"), [(Name, 200), (Text, 4000), (Reason, 500)])
def test_a_text_has_a_longest_length(kind, most):
    text = TypeAdapter(kind)

    assert text.validate_python("x" * most)
    with pytest.raises(ValidationError):
        text.validate_python("x" * (most + 1))


@pytest.mark.parametrize("slug", ["a", "ops", "ops-2", "2-ops", "a" * 63])
def test_a_slug_is_small_letters_digits_and_inner_hyphens(slug):
    assert TypeAdapter(Slug).validate_python(slug) == slug


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A", "a_b", "a b", "a\n", "é", "a" * 64])
def test_anything_else_is_no_slug(slug):
    with pytest.raises(ValidationError):
        TypeAdapter(Slug).validate_python(slug)


def test_a_query_reads_numbers_from_text():
    assert PageQuery.model_validate({"limit": "7"}).limit == 7


@pytest.mark.parametrize("limit", ["0", "201", "many", "1.5"])
def test_a_page_is_between_1_and_200(limit):
    assert [field for field, _ in problems(PageQuery, {"limit": limit})] == ["limit"]


def test_an_unknown_query_parameter_is_refused():
    assert problems(Query, {"sort": "name"}) == [("sort", "extra_forbidden")]


def test_a_cursor_of_a_kilobyte_is_the_longest():
    assert problems(PageQuery, {"cursor": "x" * 1025}) == [("cursor", "string_too_long")]


def test_a_view_of_a_row_shows_its_declared_fields_only():
    view = ThingView.model_validate(Row(name="a", password="canary"))

    assert view.model_dump() == {"name": "a"}


def test_the_last_page_has_no_next():
    page = Page[ThingView](items=[ThingView(name="a")])

    assert page.model_dump() == {"items": [{"name": "a"}], "next": None}


@pytest.mark.parametrize(
    "value", ["0.5", "1767225600", "-1", 5, 5.0, "2026-05-01T12:00:00", "soon"]
)
def test_a_moment_is_a_time_with_its_zone_and_no_count_of_seconds(value):
    with pytest.raises(ValidationError):
        TypeAdapter(Moment).validate_python(value)


def test_a_moment_is_read_as_rfc_3339_says():
    told = TypeAdapter(Moment).validate_python("2026-05-01T12:00:00+02:00")

    assert told.isoformat() == "2026-05-01T12:00:00+02:00"


def test_blanks_count_before_they_are_stripped():
    class Note(Request):
        text: Text

    with pytest.raises(ValidationError, match="at most 4000 characters"):
        Note.model_validate_json('{"text": "%s"}' % (" " * 4001))
    assert Note.model_validate_json('{"text": " a "}').text == "a"
