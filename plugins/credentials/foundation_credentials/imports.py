"""Imports: other people's forms of credentials, read into ours."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from foundation.sdk import FieldProblem, Invalid, Secret

_LINE = re.compile(r"^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]{0,63})\s*=\s*(.*?)\s*$")
_QUOTED = re.compile(r"""^(?:"((?:[^"\\]|\\.)*)"|'([^']*)')\s*(?:#.*)?$""")
_ESCAPES = {"\\n": "\n", "\\r": "\r", "\\t": "\t", '\\"': '"', "\\\\": "\\", "\\$": "$"}
_DATABASES = {"postgres": "postgres", "postgresql": "postgres", "mysql": "mysql"}


@dataclass(frozen=True, slots=True)
class Found:
    """One credential as it was found: what it is to be called, its kind and its values."""

    slug: str
    name: str
    kind: str
    values: Mapping[str, Secret] = field(repr=False)
    description: str = ""


def from_env(content: Secret) -> dict[str, Secret]:
    """Return the names and values of a ``.env`` file; raises `Invalid` naming the line."""
    found: dict[str, Secret] = {}
    for number, line in enumerate(content.reveal().splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.match(line)
        if match is None:
            raise _refused(f"line {number} is not NAME=value")
        found[match[1]] = Secret(_value(match[2]))
    if not found:
        raise _refused("there is no NAME=value in it")
    return found


def from_airflow(content: Secret) -> list[Found]:
    """Return the connections of ``airflow connections export``; raises `Invalid`.

    A connection is an object or an URI; its id becomes the slug.
    """
    try:
        document = json.loads(content.reveal())
    except ValueError:
        raise _refused("it is no JSON") from None
    if not isinstance(document, dict) or not document:
        raise _refused("it is no object of connections by their ids")
    return [_connection(str(name), given) for name, given in document.items()]


def _connection(name: str, given: Any) -> Found:  # JSON
    parts = _from_uri(given) if isinstance(given, str) else given
    if not isinstance(parts, dict):
        raise _refused(f"the connection {name[:40]} is no object and no URI")
    type_ = str(parts.get("conn_type") or "").lower()
    kind = _DATABASES.get(type_) or ("basic" if type_ in {"http", "https"} else "kv")
    slug = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:63] or "connection"
    values = _values(kind, type_, parts)
    description = str(parts.get("description") or "")
    if kind != "kv" and not _is_whole(kind, values):
        kind, values = "kv", _values("kv", type_, parts)
    return Found(slug, name[:200], kind, _secret(values), description)


def _values(kind: str, type_: str, parts: Mapping[str, Any]) -> dict[str, str]:  # JSON
    pairs: Iterable[tuple[str, object]]
    if kind in {"postgres", "mysql"}:
        pairs = (
            ("host", parts.get("host")),
            ("port", parts.get("port")),
            ("database", parts.get("schema")),
            ("username", parts.get("login")),
            ("password", parts.get("password")),
        )
    elif kind == "basic":
        scheme = parts.get("schema") or type_
        host = str(parts.get("host") or "")
        port = f":{parts['port']}" if parts.get("port") else ""
        url = host if "://" in host else f"{scheme}://{host}{port}"
        pairs = (
            ("username", parts.get("login")),
            ("password", parts.get("password")),
            ("url", url if host else None),
        )
    else:
        pairs = ((key, part) for key, part in parts.items())
    return {
        key: part if isinstance(part, str) else json.dumps(part)
        for key, part in pairs
        if part is not None and part != ""
    }


def _is_whole(kind: str, values: Mapping[str, str]) -> bool:
    needed = {"username", "password"} | ({"host", "database"} if kind != "basic" else set())
    return needed <= set(values)


def _from_uri(uri: str) -> dict[str, Any]:  # JSON
    try:
        parts = urlsplit(uri)
        return {
            "conn_type": parts.scheme,
            "host": parts.hostname,
            "port": parts.port,
            "login": unquote(parts.username) if parts.username else None,
            "password": unquote(parts.password) if parts.password else None,
            "schema": parts.path.lstrip("/") or None,
            **dict(parse_qsl(parts.query)),
        }
    except ValueError:
        raise _refused("a connection's URI cannot be read") from None


def _value(raw: str) -> str:
    quoted = _QUOTED.match(raw)
    if quoted is None:
        return re.sub(r"\s+#.*$", "", raw)
    if quoted[2] is not None:
        return quoted[2]
    return re.sub(r"\\.", lambda found: _ESCAPES.get(found[0], found[0]), quoted[1])


def _secret(values: Mapping[str, str]) -> dict[str, Secret]:
    return {name: Secret(value) for name, value in values.items()}


def _refused(detail: str) -> Invalid:
    return Invalid(errors=[FieldProblem("/content", detail, "import")])
