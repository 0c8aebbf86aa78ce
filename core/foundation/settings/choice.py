"""What loading plugins needs to know, with a default for everything."""

import os
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _words(value: object) -> object:
    """Read a comma-separated list from its text."""
    if isinstance(value, str):
        return tuple(word.strip() for word in value.split(",") if word.strip())
    return value


Words = Annotated[tuple[str, ...], BeforeValidator(_words)]


def default_data_folder() -> Path:
    """Return where Foundation keeps its files when ``FOUNDATION_DATA`` is not set.

    Root cannot use its private home, because PostgreSQL refuses to run as root.
    """
    if os.geteuid() == 0:
        return Path("/var/lib/foundation")
    base = os.environ.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / "foundation"


class PluginChoice(BaseModel):
    """Which plugins are wanted and where their things lie: all that loading them needs.

    It has no field without a default, so ``foundation plugin list`` works on any machine.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, extra="forbid")

    data: Path = Field(
        default_factory=default_data_folder,
        description="the folder for files of its own, on a local disk",
    )
    web_root: Path | None = Field(default=None, description="the built web app, to serve it")
    product_name: str = Field(
        default="Foundation",
        min_length=1,
        max_length=40,
        pattern=r"^[^<>\"&\x00-\x1f]+$",
        description="what this deployment is called on every page",
    )
    product_icon: Path | None = Field(
        default=None, description="an SVG file for the browser's tab, the sidebar and the door"
    )

    plugins_mode: Literal["isolate", "strict"] = Field(
        default="isolate", description="whether a plugin that fails stops the start"
    )
    plugins_autoload: Literal["all", "listed"] = Field(
        default="all", description="load every installed plugin, or only the enabled ones"
    )
    plugins_enabled: Words = Field(default=(), description="plugins to load when listed")
    plugins_disabled: Words = Field(default=(), description="plugins never to load")
    plugins_required: Words = Field(default=(), description="plugins it is not ready without")
    plugins_known_bad: Path | None = Field(
        default=None, description="a TOML file of versions never to load, beside core's own list"
    )
    plugins_allow_known_bad: Words = Field(
        default=(), description="plugins to load although their version is known bad"
    )
    plugins_safe: bool = Field(default=False, description="load core's own sections only")
