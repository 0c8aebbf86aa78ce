"""A secret shows itself to nobody who does not ask by name."""

import copy
import json
import pickle

import pytest
from pydantic import BaseModel, ValidationError

from foundation.secret import MASK, Secret

CANARY = "hunter2-canary"


class Holder(BaseModel):
    value: Secret


@pytest.mark.parametrize(
    "shown",
    [
        str(Secret(CANARY)),
        repr(Secret(CANARY)),
        f"{Secret(CANARY)}",
        f"{Secret(CANARY):>40}",
        f"{Secret(CANARY)!r}",
        "%s %r" % (Secret(CANARY), Secret(CANARY)),  # noqa: UP031  # the old way is a way too
        repr([Secret(CANARY)]),
        repr(Holder(value=Secret(CANARY))),
        str(Holder(value=Secret(CANARY)).model_dump_json()),
        json.dumps(Holder(value=Secret(CANARY)).model_dump(mode="json")),
    ],
    ids=range(10),
)
def test_no_way_to_print_it_shows_it(shown):
    assert CANARY not in shown
    assert MASK in shown


def test_it_leaves_through_reveal():
    assert Secret(CANARY).reveal() == CANARY


def test_it_is_not_pickled_and_not_copied_deeply():
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(Secret(CANARY))
    with pytest.raises(TypeError, match="not pickled"):
        copy.deepcopy(Secret(CANARY))


def test_it_has_no_dict_to_look_into():
    assert not hasattr(Secret(CANARY), "__dict__")


def test_two_secrets_of_one_value_are_equal_and_a_text_is_not():
    assert Secret("a") == Secret("a")
    assert Secret("a") != Secret("b")
    assert Secret("a") != "a"
    assert len({Secret("a"), Secret("a")}) == 1


def test_its_length_is_that_of_the_text_so_an_empty_one_is_false():
    assert len(Secret("four")) == 4
    assert not Secret("")


def test_as_a_field_it_takes_text_from_json_and_a_secret_from_python():
    assert Holder.model_validate_json('{"value": "x"}').value == Secret("x")
    assert Holder(value=Secret("x")).value == Secret("x")


def test_as_a_field_it_takes_nothing_else():
    with pytest.raises(ValidationError):
        Holder.model_validate({"value": 7})


def test_its_schema_says_that_it_is_only_written():
    schema = Holder.model_json_schema()["properties"]["value"]

    assert (schema["type"], schema["writeOnly"], schema["format"]) == ("string", True, "password")
