"""Errors know their status and carry what the caller may read."""

import re
from http import HTTPStatus

import pytest

from foundation import errors
from foundation.errors import (
    Conflict,
    FieldProblem,
    FoundationError,
    Invalid,
    StepUpRequired,
    Unauthenticated,
)

LEAVES = [
    thing
    for thing in vars(errors).values()
    if isinstance(thing, type) and issubclass(thing, FoundationError)
]


def test_the_tree_at_the_top_is_the_tree_of_classes():
    drawn = dict(re.findall(r"── (\w+) +(\d{3})", errors.__doc__))

    assert drawn == {e.__name__: str(e.status) for e in LEAVES if e.__base__ is FoundationError}


@pytest.mark.parametrize("case", LEAVES)
def test_a_case_has_a_status_of_http_and_a_code_in_snake_case(case):
    assert HTTPStatus(case.status) >= HTTPStatus.BAD_REQUEST
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", case.code)
    assert case.title[0].isupper()


def test_no_two_cases_share_a_code():
    assert len({case.code for case in LEAVES}) == len(LEAVES)


def test_the_words_of_an_error_are_its_detail_else_its_title():
    assert str(Conflict("a project has this slug")) == "a project has this slug"
    assert str(Conflict()) == "The present state does not allow this"


def test_keyword_details_are_kept_for_the_answer():
    assert Conflict("taken", slug="ops").extra == {"slug": "ops"}


def test_field_problems_and_headers_are_kept_as_copies():
    problems = [FieldProblem("/name", "is too long", "too_long")]
    headers = {"Retry-After": "2"}

    error = Invalid(errors=problems, headers=headers)
    problems.clear()
    headers.clear()

    assert error.errors == (FieldProblem("/name", "is too long", "too_long"),)
    assert error.headers == {"Retry-After": "2"}


def test_a_step_up_is_asked_with_401_and_a_code_of_its_own():
    assert issubclass(StepUpRequired, Unauthenticated)
    assert (StepUpRequired.status, StepUpRequired.code) == (401, "step_up_required")
