"""The base of a plugin's settings: ``FOUNDATION_<PLUGIN>_<NAME>``, frozen, nothing unknown."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class PluginSettings(BaseModel):
    """Subclass it with one field for each setting.

    A `Secret` field has no default and may be given as ``*_FILE``.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")
