"""Settings: the one reader of the environment; every problem is told at once, values never.

A setting is ``FOUNDATION_<NAME>``. A secret may be given as ``FOUNDATION_<NAME>_FILE``, whose
content is read and stripped of its last newline; no secret has a default.
"""

from foundation.settings.choice import PluginChoice, default_data_folder
from foundation.settings.environment import (
    PLAIN_NAMES,
    PREFIX,
    SettingsRefused,
    collect,
    describe,
    misspelt,
    read_choice,
    read_database_url,
    read_settings,
    unknown_variables,
    variable,
)
from foundation.settings.model import LOOPBACK, Settings

__all__ = [
    "LOOPBACK",
    "PLAIN_NAMES",
    "PREFIX",
    "PluginChoice",
    "Settings",
    "SettingsRefused",
    "collect",
    "default_data_folder",
    "describe",
    "misspelt",
    "read_choice",
    "read_database_url",
    "read_settings",
    "unknown_variables",
    "variable",
]
