"""Masks: stars and dots are refused where a value is meant."""

import pytest

from foundation.sdk import Invalid, Secret
from foundation_credentials.service import masks


@pytest.mark.parametrize("text", ["***", "********", "\u2022\u2022\u2022", "\u25cf*\u25cf"])
def test_what_looks_like_a_mask_is_refused(text):
    with pytest.raises(Invalid) as refused:
        masks.refuse({"password": Secret(text)})

    assert [problem.pointer for problem in refused.value.errors] == ["/values/password"]


@pytest.mark.parametrize("text", ["", "**", "*a*", "hunter2"])
def test_anything_else_is_a_value(text):
    masks.refuse({"password": Secret(text)})


def test_a_cleared_field_is_no_mask():
    masks.refuse({"passphrase": None})


def test_every_mask_is_named():
    with pytest.raises(Invalid) as refused:
        masks.refuse({"a": Secret("***"), "b": Secret("x"), "c": Secret("***")})

    assert [problem.pointer for problem in refused.value.errors] == ["/values/a", "/values/c"]
