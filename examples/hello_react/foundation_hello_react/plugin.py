"""Hello React: all that this plugin adds to Foundation."""

from pathlib import Path

from foundation.sdk import Frontend, Manifest, ModulePage, NavEntry, Permission, Router, hook
from foundation_hello_react.permissions import READ
from foundation_hello_react.routes import hello_react

manifest = Manifest(id="hello_react", title="Hello React", api=">=1.0,<2")


@hook
def permissions() -> list[Permission]:
    """Be greeted."""
    return [READ]


@hook
def routers() -> list[Router]:
    """``/api/hello-react``."""
    return [hello_react]


@hook
def navigation() -> list[NavEntry]:
    """The section Hello React."""
    return [
        NavEntry(
            section="hello_react",
            title="Hello React",
            icon="zap",
            needs=READ,
            page=ModulePage(),
        )
    ]


@hook
def frontend() -> Frontend:
    """The page, built from ``ui/``; React itself is the shell's."""
    return Frontend(
        directory=Path(__file__).parent / "ui",
        modules=("main.js",),
        styles=("main.css",),
        shared=(("react", "^19"),),
    )
