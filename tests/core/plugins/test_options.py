"""Each field of a model is an option, and what is typed becomes its value."""

from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from foundation.plugins.contributions import NoParams
from foundation.plugins.forms import OutsideSubset
from foundation.plugins.options import Option, options_of
from foundation.secret import Secret


class Params(BaseModel):
    """All kinds of fields."""

    many_words: list[str]
    level: Annotated[Literal[1, 2], Field(description="How deep")] = 1
    share: float | None = None
    dry: bool = False


class Inner(BaseModel):
    """An object."""

    name: str


class Deep(BaseModel):
    """Holds an object."""

    inner: Inner


class Telling(BaseModel):
    """Holds a secret."""

    password: Secret


def test_a_field_is_an_option_of_its_kind():
    assert options_of(Params) == (
        Option("many_words", "string", "Many Words", required=True, many=True),
        Option("level", "integer", "How deep", choices=(1, 2), default="1"),
        Option("share", "number", "Share"),
        Option("dry", "boolean", "Dry", default="False"),
    )
    assert options_of(NoParams) == ()


def test_an_option_is_typed_with_dashes_and_a_switch_has_two_ways():
    words, *_, dry = options_of(Params)

    assert (words.spellings, dry.spellings) == (("--many-words",), ("--dry", "--no-dry"))


def test_a_choice_is_the_value_it_stands_for_and_many_are_a_list():
    words, level, share, _ = options_of(Params)

    assert level.value_of("2") == 2
    assert (words.value_of(("a", "b")), share.value_of(0.5)) == (["a", "b"], 0.5)


@pytest.mark.parametrize(
    ("model", "words"),
    [(Deep, "inner is an object"), (Telling, "password is a secret, and others see what is typed")],
)
def test_what_no_option_can_give_is_named(model, words):
    with pytest.raises(OutsideSubset, match=words):
        options_of(model)
