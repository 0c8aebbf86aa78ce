"""What may be said about a user, and what may not."""

import pytest
from pydantic import ValidationError

from foundation.builtin.accounts.schemas import Next, UserChange


@pytest.mark.parametrize("body", ['{"role": "admin"}', '{"role": null}', '{"enabled": false}'])
def test_a_role_no_role_or_a_switch_is_a_change(body: str) -> None:
    assert UserChange.model_validate_json(body).model_fields_set


@pytest.mark.parametrize("body", ["{}", '{"role": "Root!"}', '{"enabled": null}', '{"name": "x"}'])
def test_anything_else_is_none(body: str) -> None:
    with pytest.raises(ValidationError):
        UserChange.model_validate_json(body)


def test_no_role_differs_from_nothing_said() -> None:
    assert "role" in UserChange.model_validate_json('{"role": null}').model_fields_set
    assert "role" not in UserChange.model_validate_json('{"enabled": true}').model_fields_set


def test_without_a_next_one_starts_at_the_start() -> None:
    assert Next.model_validate_json("{}").next == "/"
