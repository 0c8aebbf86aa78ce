"""What is taken and answered on the wire of notes."""

import pytest
from pydantic import ValidationError

from foundation_hello.schemas import NewNote


def test_a_note_has_a_title():
    with pytest.raises(ValidationError):
        NewNote.model_validate({"title": " "})


def test_a_note_may_have_no_text():
    assert NewNote.model_validate({"title": "Hello"}).body == ""
