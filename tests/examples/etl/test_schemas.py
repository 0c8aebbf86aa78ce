"""What sources may be."""

import pytest
from pydantic import ValidationError

from foundation_etl.schemas import NewSource


def test_without_a_kind_it_is_csv():
    assert NewSource(name="People", content="a\n1\n").kind == "csv"


@pytest.mark.parametrize("content", ["", "x" * 500_001])
def test_nothing_and_too_much_are_refused(content):
    with pytest.raises(ValidationError):
        NewSource(name="People", content=content)
