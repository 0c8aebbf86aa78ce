"""Versions on the wire."""

import pytest
from pydantic import BaseModel

from foundation.errors import BadRequest, PreconditionFailed, PreconditionMissing
from foundation.http.etag import check_version, etag, is_unchanged, parse_if_match
from foundation.http.router import IfMatch


class Thing(BaseModel):
    name: str


def test_a_version_is_a_quoted_number():
    assert etag(3) == '"3"'


@pytest.mark.parametrize("value", ['"3"', 'W/"3"'])
def test_a_strong_and_a_weak_tag_name_the_version(value):
    assert parse_if_match(value) == 3


def test_an_update_without_if_match_is_refused():
    with pytest.raises(PreconditionMissing):
        parse_if_match(None)


@pytest.mark.parametrize("value", ["*", "3", '"x"', '"1", "2"', '"-1"', '"' + "9" * 40 + '"', ""])
def test_anything_but_one_tag_of_ours_is_refused(value):
    with pytest.raises(BadRequest):
        parse_if_match(value)


def test_the_expected_version_passes():
    check_version(3, IfMatch(3))


def test_another_version_is_told_with_both_and_the_thing_as_it_is():
    with pytest.raises(PreconditionFailed) as refused:
        check_version(4, IfMatch(3), Thing(name="new"))

    assert refused.value.extra == {"expected": 3, "version": 4, "current": {"name": "new"}}
    assert refused.value.headers == {"ETag": '"4"'}


@pytest.mark.parametrize("held", ['"a"', '"b", "a"', 'W/"a"', "*"])
def test_a_held_tag_is_unchanged(held):
    assert is_unchanged('"a"', held)


@pytest.mark.parametrize(("tag", "held"), [('"a"', '"b"'), (None, '"a"'), ('"a"', None)])
def test_another_tag_or_none_is_changed(tag, held):
    assert not is_unchanged(tag, held)
