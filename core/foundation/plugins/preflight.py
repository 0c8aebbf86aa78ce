"""The check of a plugin's page before it is offered: its files, their hashes, what they import.

A page that fails here is refused as a part: the plugin's API goes on, its section says why.
"""

import base64
import gzip
import hashlib
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from foundation.plugins.build_note import BUILD_NOTE, BuildNote, read_build_note
from foundation.plugins.contributions import Frontend
from foundation.plugins.lexer import imports_of
from foundation.plugins.shared import SharedMap, admits

LARGEST = 1_000_000
"""Bytes of one file after gzip."""

HASH_LENGTH = 16
"""Characters of the path's hash: 64 bits tell every build apart."""

SUFFIXES = {"modules": (".js", ".mjs"), "styles": (".css",), "frames": (".html",), "assets": ()}
"""What the names of each kind of file end in; a browser takes no module that is served as text."""

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._-]*(/[A-Za-z0-9_][A-Za-z0-9._-]*)*")

FRAMEWORK = "react"
"""Shared in one version, so whoever imports it says which versions it can live with."""


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
    further modules that an entry imports. *frames* are documents, *assets* what those load. *dev*
    says that no wheel vouches for the files: the plugin is installed from its source.
    """

    plugin: str
    digest: str
    ui_api: int
    files: Mapping[str, BundleFile]
    modules: tuple[str, ...]
    styles: tuple[str, ...]
    preload: tuple[str, ...]
    shared: Mapping[str, str]
    frames: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    dev: bool = False

    def url(self, name: str) -> str:
        """Return the address of one of its files."""
        return f"/api/ext/{self.plugin}/{self.digest}/{name}"


def preflight(plugin: str, frontend: Frontend, *, dist: str, shell: SharedMap) -> Bundle:
    """Check a plugin's page and return its files; raises `PageRefused` with all that is wrong."""
    if not frontend.directory.is_dir():
        raise PageRefused([f"the page is not built: there is no folder {frontend.directory.name}/"])
    note, problems = read_build_note(frontend.directory)
    named = _named(frontend, note)
    record = _record_of(frontend.directory, dist)
    if (frontend.directory / BUILD_NOTE).is_file():
        noted = _file(frontend.directory, BUILD_NOTE, record, suffixes=(".json",))
        problems += [noted] if isinstance(noted, str) else []
    files: dict[str, BundleFile] = {}
    for kind, names in named.items():
        for name in names:
            found = _file(frontend.directory, name, record, suffixes=SUFFIXES[kind])
            if isinstance(found, BundleFile):
                files[name] = found
            else:
                problems.append(found)
    wanted = {**note.shared, **dict(frontend.shared)}
    problems += _range_problems(frontend.ui_api, note.ui_api, wanted, shell)
    problems += _import_problems(files, named["modules"], note, wanted, shell)
    if problems:
        raise PageRefused(problems)
    return Bundle(
        plugin=plugin,
        digest=_digest(files),
        ui_api=frontend.ui_api,
        files=files,
        modules=frontend.modules,
        styles=named["styles"],
        preload=tuple(name for name in named["modules"] if name not in frontend.modules),
        shared=wanted,
        frames=frontend.frames,
        assets=frontend.assets,
        dev=not record,
    )


def _named(frontend: Frontend, note: BuildNote) -> dict[str, tuple[str, ...]]:
    """Return the files of a page by their kind: those it declares and those its build noted."""
    return {
        "modules": tuple(dict.fromkeys([*frontend.modules, *note.modules])),
        "styles": tuple(dict.fromkeys([*frontend.styles, *note.styles])),
        "frames": frontend.frames,
        "assets": frontend.assets,
    }


def _record_of(directory: Path, dist: str) -> dict[Path, str]:
    """Return what the wheel says of the files in *directory*; an editable install says nothing."""
    inside = directory.resolve()
    recorded = recorded_hashes(dist)
    return {path: hash for path, hash in recorded.items() if path.is_relative_to(inside)}


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


def _file(
    directory: Path, name: str, record: Mapping[Path, str], *, suffixes: tuple[str, ...]
) -> BundleFile | str:
    path = directory / name
    if problem := _place_problem(directory, name, suffixes):
        return problem
    content = path.read_bytes()
    if len(gzip.compress(content, 6)) > LARGEST:
        return f"{name} is over {LARGEST // 1_000_000} MB after gzip"
    digest = hashlib.sha256(content).digest()
    known = record.get(path.resolve())
    if record and known is None:
        return f"{name} is no file of the installed wheel; install it again"
    if known is not None and known != base64.urlsafe_b64encode(digest).rstrip(b"=").decode():
        return f"{name} differs from the installed wheel; install it again"
    return BundleFile(name, content, f"sha256-{base64.b64encode(digest).decode()}")


def _place_problem(directory: Path, name: str, suffixes: tuple[str, ...]) -> str | None:
    """Return what is wrong with where a file is or what it is called, before it is read."""
    path = directory / name
    if path.is_symlink() or not path.resolve().is_relative_to(directory.resolve()):
        return f"{name} lies outside {directory.name}/"
    if not _NAME.fullmatch(name):
        return f"{name!r} is no plain name of a file: letters, digits, '.', '_', '-' and '/'"
    if suffixes and not name.endswith(suffixes):
        return f"{name} must end in {' or '.join(suffixes)}"
    return None if path.is_file() else f"{name} is missing from {directory.name}/"


def _range_problems(
    ui_api: int, built_for: int | None, wanted: Mapping[str, str], shell: SharedMap
) -> list[str]:
    problems = []
    if built_for is not None and built_for != ui_api:
        problems.append(f"{BUILD_NOTE} says UI API {built_for}, frontend() says {ui_api}")
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
    note: BuildNote,
    wanted: Mapping[str, str],
    shell: SharedMap,
) -> list[str]:
    """Name the bare imports that the shell does not share and the relative ones without a file."""
    if note.imports is not None:
        found = set(note.imports)
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
        elif specifier.startswith(FRAMEWORK) and FRAMEWORK not in wanted:
            problems.append(f"imports {specifier!r} and does not say which: shared=react ^19")
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
