"""What must not be in a detail, and how a changed one is noticed."""

from typing import Annotated

import pytest
from pydantic import Field

from foundation.audit.events import Commit, Detail, Drop, Keyed, Mask, Plain
from foundation.audit.shape import detail_problems, signature
from foundation.secret import Secret


class Inner(Detail):
    password: str


class Outer(Detail):
    inner: tuple[Inner, ...] = ()


def detail(**fields):
    return type("Told", (Detail,), {"__annotations__": fields, "__module__": __name__})


@pytest.mark.parametrize(
    "name", ["token", "client_secret", "password", "api_key", "private_key", "cookie", "tokens"]
)
def test_an_unmarked_field_that_looks_secret_is_a_problem(name):
    (problem,) = detail_problems(detail(**{name: str}))

    assert name in problem


@pytest.mark.parametrize("mark", [Plain, Drop, Drop(), Mask, Mask(2), Keyed, Commit])
def test_a_marked_field_is_none(mark):
    assert detail_problems(detail(token=Annotated[str, mark])) == []


@pytest.mark.parametrize("kind", [Secret, Secret | None, bool])
def test_a_secret_of_the_type_and_a_yes_or_no_are_none(kind):
    assert detail_problems(detail(token=kind)) == []


def test_a_field_of_a_detail_inside_counts():
    assert len(detail_problems(Outer)) == 1


@pytest.mark.parametrize("kind", [float, float | None, dict[str, list[float]]])
def test_a_float_is_a_problem(kind):
    assert "float" in detail_problems(detail(size=kind))[0]


@pytest.mark.parametrize(
    "other",
    [
        detail(name=int),
        detail(name=str, more=int),
        detail(title=str),
        detail(name=Annotated[str, Keyed]),
        detail(name=Annotated[str, Mask(2)]),
    ],
    ids=["type", "field", "name", "keyed", "masked"],
)
def test_what_is_stored_differently_has_another_signature(other):
    assert signature(other) != signature(detail(name=str))


def test_words_about_a_field_may_change():
    described = detail(name=Annotated[str, Field(title="A name", description="of a thing")])

    assert signature(described) == signature(detail(name=str))
