"""Versions of plugins that are known not to work: refused before a line of them runs."""

import tomllib
from pathlib import Path
from typing import ClassVar

from packaging.specifiers import InvalidSpecifier, SpecifierSet
from packaging.utils import canonicalize_name
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from foundation.settings import PluginChoice, SettingsRefused, variable

BUNDLED = Path(__file__).with_name("known_bad.toml")


class Bad(BaseModel):
    """One entry: which versions of which distribution, why, and what to install instead."""

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    dist: str
    range: str
    reason: str
    thread: str = ""
    good: str = ""

    @field_validator("range")
    @classmethod
    def _is_a_range(cls, value: str) -> str:
        try:
            SpecifierSet(value)
        except InvalidSpecifier:
            raise ValueError("give a range such as >=2.0,<2.0.3") from None
        return value

    def covers(self, dist: str, version: str) -> bool:
        """Tell whether this version of this distribution is bad."""
        same = canonicalize_name(self.dist) == canonicalize_name(dist)
        return same and SpecifierSet(self.range).contains(version, prereleases=True)

    @property
    def told(self) -> str:
        """The reason as one line, with the thread where it is known from."""
        return f"{self.reason} ({self.thread})" if self.thread else self.reason

    @property
    def mend(self) -> str:
        """The command that gets a good version."""
        wanted = f'"{self.dist}>={self.good}"' if self.good else self.dist
        return f"pip install --upgrade {wanted}"


class _Listed(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    bad: tuple[Bad, ...] = ()


def read_known_bad(settings: PluginChoice) -> tuple[Bad, ...]:
    """Return the bundled list and the one the settings name; raises `SettingsRefused`."""
    own = settings.plugins_known_bad
    try:
        return (*_read(BUNDLED), *(_read(own) if own else ()))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError, ValidationError) as refused:
        name = variable("plugins_known_bad")
        raise SettingsRefused([f"{name}: {own} cannot be read: {_why(refused)}"]) from None


def find_bad(known: tuple[Bad, ...], dist: str, version: str) -> Bad | None:
    """Return the first entry that covers this version, or None."""
    return next((bad for bad in known if bad.covers(dist, version)), None)


def _read(file: Path) -> tuple[Bad, ...]:
    return _Listed.model_validate(tomllib.loads(file.read_text("utf-8"))).bad


def _why(refused: Exception) -> str:
    if isinstance(refused, ValidationError):
        first = refused.errors(include_input=False, include_url=False)[0]
        return f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
    if isinstance(refused, OSError):
        return refused.strerror or "it cannot be opened"
    return str(refused)
