"""Problem documents."""

import json
from pathlib import Path

from foundation.errors import (
    Conflict,
    FieldProblem,
    Forbidden,
    FoundationError,
    Invalid,
    NotAllowed,
    Unavailable,
)
from foundation.http.problems import MAX_ERRORS, PROBLEM, from_status, problem, unexpected


def document(answer):
    return json.loads(answer.body)


def test_a_problem_names_type_title_status_code_and_request():
    answer = problem(Conflict("the slug is taken"), "r1")

    assert document(answer) == {
        "type": "urn:foundation:problem:conflict",
        "title": "The present state does not allow this",
        "status": 409,
        "code": "conflict",
        "request_id": "r1",
        "detail": "the slug is taken",
    }
    assert (answer.status, answer.header("content-type")) == (409, PROBLEM)


def test_bad_fields_are_listed_with_pointer_and_code():
    answer = problem(Invalid(errors=[FieldProblem("/name", "too long", "string_too_long")]), "r")

    assert document(answer)["errors"] == [
        {"pointer": "/name", "detail": "too long", "code": "string_too_long"}
    ]


def test_only_so_many_bad_fields_are_listed():
    answer = problem(Invalid(errors=[FieldProblem(f"/{n}", "no") for n in range(500)]), "r")

    assert len(document(answer)["errors"]) == MAX_ERRORS


def test_details_of_the_case_become_members():
    answer = problem(Forbidden("no", permission="a:b:c"), "r")

    assert document(answer)["permission"] == "a:b:c"


def test_a_detail_cannot_take_the_place_of_a_member():
    answer = problem(Conflict("no", status=200, request_id="forged"), "r")

    assert (document(answer)["status"], document(answer)["request_id"]) == (409, "r")


def test_headers_of_the_case_are_kept():
    assert problem(Unavailable(headers={"Retry-After": "1"}), "r").header("retry-after") == "1"


def test_half_a_surrogate_pair_becomes_a_question_mark():
    assert document(problem(Conflict("\ud800"), "r"))["detail"] == "?"


def test_an_unexpected_fault_tells_nothing_but_the_request_id():
    answer = unexpected("r7")

    assert answer.status == 500
    assert document(answer)["code"] == "internal"
    assert "r7" in answer.body.decode()


def test_a_status_of_the_framework_becomes_its_case():
    error = from_status(405, allow="GET")

    assert isinstance(error, NotAllowed)
    assert error.headers == {"Allow": "GET"}


def test_an_unknown_client_status_is_a_bad_request_and_a_server_one_a_fault():
    assert (from_status(418).status, from_status(507).status) == (400, 500)


def subclasses(case):
    for below in case.__subclasses__():
        yield below
        yield from subclasses(below)


def test_every_code_of_the_edge_is_in_the_reference():
    text = (Path(__file__).parents[3] / "docs" / "reference" / "api.md").read_text("utf-8")

    for case in subclasses(FoundationError):
        if case.__module__.startswith(
            ("foundation.errors", "foundation.http", "foundation.db.faults")
        ):
            assert f"| {case.status} | `{case.code}`" in text, case
