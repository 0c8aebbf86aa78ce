"""The manifest, read from a plugin's source without running a line of it.

``find_spec`` on the top-level package imports nothing, so a wheel and both kinds of editable
install work alike; the file is then parsed, never compiled.
"""

import ast
import importlib.util
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from foundation.plugins.contributions import Manifest

ID = re.compile(r"^[a-z][a-z0-9_]{1,19}$")

RESERVED = frozenset(
    {
        *("accounts", "api", "audit_log", "auth", "core", "dashboard", "ext", "foundation"),
        *("health", "information_schema", "live", "metrics", "oidc", "openapi", "plugin"),
        *(
            "plugins",
            "procrastinate",
            "public",
            "run",
            "runs",
            "settings",
            "shell",
            "system",
            "users",
        ),
    }
)
"""Core's own ids, prefixes, schemas and settings groups; ``pg_*`` belongs to PostgreSQL."""


class ManifestRefused(Exception):
    """The manifest is absent or wrong; the message says what and where."""


def read_manifest(id: str, module: str, *, builtin: bool = False) -> Manifest:
    """Return the manifest that *module* writes down, checked against the entry point's *id*.

    Raises `ManifestRefused`, and imports nothing of the plugin.
    """
    path = source_of(module)
    try:
        tree = ast.parse(path.read_bytes(), filename=str(path))
    except (OSError, SyntaxError, ValueError) as unreadable:
        raise ManifestRefused(f"{_short(path)} cannot be read: {unreadable}") from None
    call = _find_call(tree)
    if call is None:
        raise ManifestRefused(f"{_short(path)} has no line manifest = Manifest(...)")
    manifest = _build(call, where=_short(path))
    _check(manifest, id=id, builtin=builtin)
    return manifest


def source_of(module: str) -> Path:
    """Return the file of *module*, importing nothing; raises `ManifestRefused` if there is none."""
    top, *rest = module.split(".")
    try:
        spec = importlib.util.find_spec(top)
    except (ImportError, ValueError) as broken:
        raise ManifestRefused(f"the package {top} cannot be found: {broken}") from None
    if spec is None:
        raise ManifestRefused(f"the package {top} is not installed")
    if not rest and spec.origin:
        return Path(spec.origin)
    for folder in spec.submodule_search_locations or ():
        base = Path(folder, *rest)
        for candidate in (base.with_suffix(".py"), base / "__init__.py"):
            if candidate.is_file():
                return candidate
    raise ManifestRefused(f"the module {module} does not exist")


def _find_call(tree: ast.Module) -> ast.Call | None:
    for node in tree.body:
        match node:
            case ast.Assign(targets=[ast.Name(id="manifest")], value=ast.Call() as call):
                return call
            case ast.AnnAssign(target=ast.Name(id="manifest"), value=ast.Call() as call):
                return call
    return None


def _build(call: ast.Call, *, where: str) -> Manifest:
    if call.args:
        raise ManifestRefused(f"{where}: name every field of the manifest")
    known = {field.name: field for field in fields(Manifest)}
    values: dict[str, Any] = {}  # literals of any kind; their types are checked next
    for keyword in call.keywords:
        if keyword.arg not in known:
            raise ManifestRefused(f"{where}: the manifest has no field {keyword.arg or '**'}")
        try:
            values[keyword.arg] = ast.literal_eval(keyword.value)
        except ValueError:
            raise ManifestRefused(
                f"{where}, line {keyword.value.lineno}: {keyword.arg} is computed; "
                "write it as a literal, because it is read without running the plugin"
            ) from None
    for name in ("id", "title", "api"):
        if name not in values:
            raise ManifestRefused(f"{where}: the manifest has no {name}")
    for name, value in values.items():
        _check_type(name, value)
    return Manifest(**values)


def _check_type(name: str, value: object) -> None:
    if name not in {"requires", "after"}:
        if not isinstance(value, str):
            raise ManifestRefused(f"{name} is a text, not {value!r}")
        return
    if not isinstance(value, tuple) or not all(isinstance(item, str) for item in value):
        raise ManifestRefused(f"{name} is a tuple of texts, not {value!r}")


def _check(manifest: Manifest, *, id: str, builtin: bool) -> None:
    if manifest.id != id:
        raise ManifestRefused(f"the entry point says {id!r}, the manifest {manifest.id!r}")
    if not ID.match(id):
        raise ManifestRefused(f"the id {id!r} does not match {ID.pattern}")
    if not builtin and (id in RESERVED or id.startswith("pg_")):
        raise ManifestRefused(f"the id {id!r} is reserved")
    if not 1 <= len(manifest.title) <= 40:
        raise ManifestRefused("the title has 1 to 40 characters")
    try:
        SpecifierSet(manifest.api)
    except InvalidSpecifier:
        raise ManifestRefused(f"api={manifest.api!r} is not a version range") from None
    for text in (*manifest.requires, *manifest.after):
        try:
            Requirement(text)
        except InvalidRequirement:
            raise ManifestRefused(f"{text!r} is not a plugin id with a version range") from None


def _short(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
