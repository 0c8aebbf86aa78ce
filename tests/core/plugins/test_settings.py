"""A plugin's settings are frozen and refuse what they do not know."""

import pytest
from pydantic import ValidationError

from foundation.plugins.settings import PluginSettings


class HelloSettings(PluginSettings):
    greeting: str = "hello"


def test_an_unknown_setting_is_refused():
    with pytest.raises(ValidationError, match="greetin"):
        HelloSettings.model_validate({"greetin": "hi"})


def test_a_setting_does_not_change_afterwards():
    with pytest.raises(ValidationError):
        HelloSettings().greeting = "hi"  # type: ignore[misc]  # that is the point
