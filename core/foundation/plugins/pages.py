"""The kinds of page a section can have, from plain data to a whole document."""

from dataclasses import dataclass
from typing import Literal

Allowed = Literal["forms", "downloads", "popups"]


@dataclass(frozen=True, slots=True)
class ResourcePage:
    """Tier 0: drawn by the shell from the `Resource` of this name."""

    resource: str


@dataclass(frozen=True, slots=True)
class ModulePage:
    """Tier 1: an ES module of the plugin's wheel whose *export* has ``mount(root, host)``."""

    module: str = "main.js"
    export: str = "default"


@dataclass(frozen=True, slots=True)
class FramePage:
    """Tier 2: a whole document of the plugin's wheel, in a sandbox with an origin of its own.

    It reaches nothing but the shell, by messages. *allow* loosens the sandbox by what it names.
    """

    path: str = "frame.html"
    allow: tuple[Allowed, ...] = ()


@dataclass(frozen=True, slots=True)
class Placeholder:
    """Says what will be here and how to install it; steps back for a real owner of its section."""

    body: str
    install: str
    docs: str = ""


@dataclass(frozen=True, slots=True)
class BuiltinPage:
    """A page the shell itself holds; only core's own sections may name one."""

    name: str


Page = ResourcePage | ModulePage | FramePage | Placeholder | BuiltinPage
