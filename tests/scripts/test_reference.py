"""The reference is written in words a table can hold."""

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import BaseModel, Field

from foundation.secret import Secret


class Sample(BaseModel):
    mode: Literal["a", "b"] = "a"
    key: Secret | None = Field(default=None, description="what | for <x>")
    port: Annotated[int, Field(ge=1)] = 3
    names: tuple[str, ...] = ()
    must: str
    folder: Path = Field(default_factory=Path)
    safe: bool = False


@pytest.fixture
def rows(reference):
    return {row[0]: row[1:] for row in reference.rows_of_settings(Sample, "FOUNDATION_X_")}


def test_a_setting_says_what_it_takes_and_its_default(rows):
    assert rows["`FOUNDATION_X_MODE`"][:2] == ("`a` or `b`", "`a`")
    assert rows["`FOUNDATION_X_PORT`"][:2] == ("a number", "`3`")
    assert rows["`FOUNDATION_X_NAMES`"][:2] == ("a list with commas", "")
    assert rows["`FOUNDATION_X_MUST`"][:2] == ("text", "required")
    assert rows["`FOUNDATION_X_FOLDER`"][:2] == ("a path", "depends on the machine")
    assert rows["`FOUNDATION_X_SAFE`"][:2] == ("`true` or `false`", "`false`")


def test_a_secret_may_come_from_a_file(rows):
    assert rows["`FOUNDATION_X_KEY` or `_FILE`"] == ("a secret", "", "what | for <x>")


def test_a_cell_breaks_no_table(reference):
    assert reference.cell("what | for\n <x>") == "what \\| for \\<x>"
