"""The check of a plugin's page before it is offered: its files, their hashes, what they import.

A page that fails here is refused as a part: the plugin's API goes on, its section says why.
"""

import base64
import gzip
import hashlib
import json
import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from foundation.plugins.contributions import Frontend
from foundation.plugins.lexer import imports_of
from foundation.plugins.shared import SharedMap, admits

LARGEST = 1_000_000
"""Bytes of one file after gzip."""

HASH_LENGTH = 16
"""Characters of the path's hash: 64 bits tell every build apart."""

BUILD_NOTE = "ui.json"


class PageRefused(Exception):
    """The page must not be offered; each of *problems* is one reason."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True, slots=True)
class BundleFile:
    """One served file: its content and its Subresource Integrity value (``sha256-...``)."""

    name: str
    content: bytes
    integrity: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """The files of a plugin's pages, served under a hash of all their content.

    *modules* are the entries a section may name, *styles* go with the section, *preload* are
    further modules that an entry imports.
    """

    plugin: str
    digest: str
    ui_api: int
    files: Mapping[str, BundleFile]
    modules: tuple[str, ...]
    styles: tuple[str, ...]
    preload: tuple[str, ...]
    shared: Mapping[str, str]

    def url(self, name: str) -> str:
        """Return the address of one of its files."""
        return f"/api/ext/{self.plugin}/{self.digest}/{name}"


def preflight(plugin: str, frontend: Frontend, *, dist: str, shell: SharedMap) -> Bundle:
    """Check a plugin's page and return its files; raises `PageRefused` with all that is wrong."""
    if not frontend.directory.is_dir():
        raise PageRefused([f"the page is not built: there is no folder {frontend.directory.name}/"])
    note, problems = _build_note(frontend)
    modules = _names(frontend.modules, note, "modules")
    styles = _names(frontend.styles, note, "styles")
    recorded = recorded_hashes(dist)
    files: dict[str, BundleFile] = {}
    for name in (*modules, *styles):
        found = _file(frontend.directory, name, recorded)
        if isinstance(found, BundleFile):
            files[name] = found
        else:
            problems.append(found)
    wanted = {**note.get("shared", {}), **dict(frontend.shared)}
    problems += _range_problems(frontend.ui_api, wanted, shell)
    problems += _import_problems(files, modules, note, shell)
    if problems:
        raise PageRefused(problems)
    return Bundle(
        plugin=plugin,
        digest=_digest(files),
        ui_api=frontend.ui_api,
        files=files,
        modules=frontend.modules,
        styles=styles,
        preload=tuple(name for name in modules if name not in frontend.modules),
        shared=wanted,
    )


def recorded_hashes(dist: str) -> dict[Path, str]:
    """Return the sha256 of each file in the wheel's RECORD; empty for an editable install."""
    try:
        listed = distribution(dist).files or []
    except PackageNotFoundError:
        return {}
    return {
        Path(str(file.locate())).resolve(): file.hash.value
        for file in listed
        if file.hash is not None and file.hash.mode == "sha256"
    }


def _build_note(frontend: Frontend) -> tuple[dict[str, Any], list[str]]:
    """Read what the page's build wrote down; a page made by hand has no such file."""
    path = frontend.directory / BUILD_NOTE
    if not path.is_file():
        return {}, []
    try:
        note = json.loads(path.read_text("utf-8"))
    except ValueError as unreadable:
        return {}, [f"{BUILD_NOTE} cannot be read: {unreadable}"]
    if not isinstance(note, dict):
        return {}, [f"{BUILD_NOTE} is not an object"]
    return note, []


def _names(declared: Iterable[str], note: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*declared, *note.get(kind, [])]))


def _file(directory: Path, name: str, recorded: Mapping[Path, str]) -> BundleFile | str:
    path = directory / name
    if path.is_symlink() or not path.resolve().is_relative_to(directory.resolve()):
        return f"{name} lies outside {directory.name}/"
    if not path.is_file():
        return f"{name} is missing from {directory.name}/"
    content = path.read_bytes()
    if len(gzip.compress(content, 6)) > LARGEST:
        return f"{name} is over {LARGEST // 1_000_000} MB after gzip"
    digest = hashlib.sha256(content).digest()
    known = recorded.get(path.resolve())
    if known is not None and known != base64.urlsafe_b64encode(digest).rstrip(b"=").decode():
        return f"{name} differs from the installed wheel; install it again"
    return BundleFile(name, content, f"sha256-{base64.b64encode(digest).decode()}")


def _range_problems(ui_api: int, wanted: Mapping[str, str], shell: SharedMap) -> list[str]:
    problems = []
    if not shell.ui_min <= ui_api <= shell.ui_max:
        problems.append(f"made for UI API {ui_api}; the shell runs {shell.ui_min}-{shell.ui_max}")
    if not shell.is_known:
        return problems
    for name, versions in wanted.items():
        given = shell.versions.get(name)
        if given is None:
            problems.append(f"the shell does not share {name!r}")
        elif not admits(versions, given):
            problems.append(f"wants {name} {versions}; the shell shares {given}")
    return problems


def _import_problems(
    files: Mapping[str, BundleFile],
    modules: Iterable[str],
    note: Mapping[str, Any],
    shell: SharedMap,
) -> list[str]:
    """Name the bare imports that the shell does not share and the relative ones without a file."""
    if "imports" in note:
        found: set[str] = set(note["imports"])
    else:
        found = {
            _resolved(name, specifier)
            for name in modules
            if name in files
            for specifier in imports_of(files[name].content.decode("utf-8", "replace"))
        }
    problems = []
    for specifier in sorted(found):
        if specifier.startswith((".", "/")):
            if specifier.removeprefix("./") not in files:
                problems.append(f"imports {specifier!r}, which is not among its files")
        elif specifier not in _shareable(shell):
            problems.append(f"imports {specifier!r}, which the shell does not share; bundle it")
    return problems


def _resolved(importer: str, specifier: str) -> str:
    if not specifier.startswith("."):
        return specifier
    return "./" + posixpath.normpath(posixpath.join(posixpath.dirname(importer), specifier))


def _shareable(shell: SharedMap) -> frozenset[str]:
    return frozenset(shell.versions) if shell.is_known else CONTRACT_MODULES


CONTRACT_MODULES = frozenset(
    {
        *("react", "react/jsx-runtime", "react/jsx-dev-runtime", "react-dom", "react-dom/client"),
        *("@foundation/sdk", "@foundation/sdk/react"),
    }
)
"""What every shell of UI API 1 shares (web.md, section 3): known without a built one."""


def _digest(files: Mapping[str, BundleFile]) -> str:
    whole = hashlib.sha256()
    for name in sorted(files):
        whole.update(f"{name}\0{files[name].integrity}\0".encode())
    return whole.hexdigest()[:HASH_LENGTH]
