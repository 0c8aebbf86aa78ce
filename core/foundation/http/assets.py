"""Files for the browser: the built web app and the pages of plugins, served from fixed tables.

Everything is read once at start, so no path of a request ever meets the file system.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foundation import ids
from foundation.errors import NotAllowed, NotFound
from foundation.http.etag import is_unchanged
from foundation.http.exchange import Answer, Application, Headers, Receive, Scope, Send
from foundation.http.headers import API_POLICY, YEAR, with_defaults
from foundation.http.problems import problem
from foundation.telemetry.line import line

IMMUTABLE = f"public, max-age={YEAR}, immutable"
CHECK = "no-cache"

EXTENSIONS = "/api/ext/"
ASSETS = "/assets/"
INDEX = "/index.html"
ICON = "/icon.svg"
POLICY_FILE = "csp.txt"

# The pages of plugins are text of ours or of a wheel; nothing else is served from there.
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".webmanifest": "application/manifest+json",
    ".ico": "image/x-icon",
    ".map": "application/json",
}
_TEXT = ("text/", "application/json", "application/manifest", "image/svg")
_SMALLEST = 1_000

NOT_BUILT = b"""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Foundation: the web app is not built</title>
<h1>The web app is not built</h1>
<p>The API is running. To build the web app, run <code>make run</code> in the repository, or set
<code>FOUNDATION_WEB_ROOT</code> to a folder that holds a built one, and start again.</p>
</html>
"""
NOT_BUILT_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file in memory: its bytes, the same compressed where that helps, and its headers.

    *more* are headers of this file alone; one of the same name stands before what all carry.
    """

    body: bytes
    zipped: bytes | None
    media: str
    cache: str
    policy: str
    tag: str
    more: tuple[tuple[str, str], ...] = ()


def asset(name: str, body: bytes, *, cache: str, policy: str, zipped: bytes | None = None) -> Asset:
    """Return *body* ready to be served under *name*; compressed here unless *zipped* is given."""
    media = media_type(name)
    if zipped is None and media.startswith(_TEXT) and len(body) >= _SMALLEST:
        zipped = gzip.compress(body, 6, mtime=0)
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Asset(body, zipped, media, cache, policy, tag)


def media_type(name: str) -> str:
    """Return the content type of the file *name*, with its charset where it is text."""
    suffix = Path(name).suffix.lower()
    media = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"{media}; charset=utf-8" if media.startswith(_TEXT) else media


@dataclass(frozen=True, slots=True)
class Brand:
    """What a deployment calls the product, and its own icon, an SVG."""

    name: str = "Foundation"
    icon: bytes | None = None


def branded(web: dict[str, Asset], brand: Brand) -> dict[str, Asset]:
    """Return the files of the web app under the name and icon of this deployment.

    The name stands in the page itself, outside its scripts: the door has it before anybody signs
    in, and the policy's hash holds.
    """
    page = web.get(INDEX)
    if page is None:
        return web
    body = page.body.replace(b"<title>Foundation<", b"<title>" + brand.name.encode() + b"<")
    named = b'name="application-name" content="'
    body = body.replace(named + b'Foundation"', named + brand.name.encode() + b'"')
    told = {INDEX: asset(INDEX, body, cache=page.cache, policy=page.policy)}
    if brand.icon is not None:
        told[ICON] = asset(ICON, brand.icon, cache=CHECK, policy=API_POLICY)
    return web | told


def read_web(root: Path | None) -> dict[str, Asset]:
    """Return the files of the built web app by their path, or none when it is not built.

    Its policy is the one line of ``csp.txt``, which the build wrote from the very files.
    """
    if root is None or not (root / INDEX[1:]).is_file():
        return {}
    policy_file = root / POLICY_FILE
    policy = policy_file.read_text("utf-8").strip() if policy_file.is_file() else NOT_BUILT_POLICY
    found: dict[str, Asset] = {}
    for file in sorted(root.rglob("*")):
        if not file.is_file() or file.suffix in {".gz", ".br"} or file == policy_file:
            continue
        path = "/" + file.relative_to(root).as_posix()
        zipped = file.with_name(file.name + ".gz")
        found[path] = asset(
            path,
            file.read_bytes(),
            cache=IMMUTABLE if path.startswith(ASSETS) else CHECK,
            policy=policy if path.endswith(".html") else API_POLICY,
            zipped=zipped.read_bytes() if zipped.is_file() else None,
        )
    return found


def extension(name: str, body: bytes) -> Asset:
    """Return a file of a plugin's page; its path holds a hash, so it never changes."""
    return asset(name, body, cache=IMMUTABLE, policy=API_POLICY)


@dataclass(frozen=True, slots=True)
class Assets:
    """An ASGI application: files from its tables, ``/api`` from *inner*, pages for the rest.

    A path that asks for a page and is no file gets the web app's index, which finds its way by
    the address. *headers* are those of every answer.
    """

    inner: Application
    web: Mapping[str, Asset]
    extensions: Mapping[str, Asset]
    headers: tuple[tuple[str, str], ...]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a file or a page, or hand the request on."""
        path: str = scope.get("path", "")
        is_api = path == "/api" or path.startswith("/api/")
        if scope["type"] != "http" or (is_api and not path.startswith(EXTENSIONS)):
            await self.inner(scope, receive, send)
            return
        line()["route"] = EXTENSIONS + "{file}" if is_api else "/{page}"
        answer = self.answer(scope["method"], path, Headers(scope["headers"]))
        await _send(send, answer, with_body=scope["method"] != "HEAD")

    def answer(self, method: str, path: str, asked: Headers) -> Answer:
        """Return the file at *path*, the index for a page, or a problem."""
        request_id = line().setdefault("request_id", str(ids.uuid7()))
        if method not in {"GET", "HEAD"}:
            refused = problem(NotAllowed(headers={"Allow": "GET, HEAD"}), request_id)
            return self._headed(refused)
        table = self.extensions if path.startswith(EXTENSIONS) else self.web
        found = table.get(INDEX if path == "/" else path)
        if found is None and _is_page(path, asked):
            found = self.web.get(INDEX)
            if found is None:
                return self._headed(_not_built())
        if found is None:
            return self._headed(problem(NotFound(headers={"Cache-Control": CHECK}), request_id))
        return self._headed(_file(found, asked))

    def _headed(self, answer: Answer) -> Answer:
        own = with_defaults(answer.headers, (("Content-Security-Policy", API_POLICY),))
        return Answer(answer.status, answer.body, with_defaults(own, self.headers))


def _is_page(path: str, asked: Headers) -> bool:
    """Tell whether a person goes to *path*; a missing script must be a 404, never a page."""
    if path.startswith((ASSETS, EXTENSIONS)) or any(odd in path for odd in ("..", "//", "\\", "%")):
        return False
    if not path.isprintable() or "." in path.rpartition("/")[2]:
        return False
    return any("text/html" in accept for accept in asked.all("accept")) or path == "/"


def _file(found: Asset, asked: Headers) -> Answer:
    headers = (
        ("Content-Type", found.media),
        ("Cache-Control", found.cache),
        ("Content-Security-Policy", found.policy),
        ("ETag", found.tag),
        ("Vary", "Accept-Encoding"),
        *found.more,
    )
    if is_unchanged(found.tag, ", ".join(asked.all("if-none-match")) or None):
        return Answer(304, b"", headers[1:])
    if found.zipped is not None and _takes_gzip(asked):
        return Answer(200, found.zipped, (*headers, ("Content-Encoding", "gzip")))
    return Answer(200, found.body, headers)


def _takes_gzip(asked: Headers) -> bool:
    """Tell whether the client takes gzip (RFC 9110, 12.5.3; "q=0" says no)."""
    for value in ",".join(asked.all("accept-encoding")).split(","):
        name, _, weight = value.partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False


def _not_built() -> Answer:
    headers = (
        ("Content-Type", "text/html; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", NOT_BUILT_POLICY),
    )
    return Answer(503, NOT_BUILT, headers)


async def _send(send: Send, answer: Answer, *, with_body: bool) -> None:
    headers = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in answer.headers]
    if answer.status != 304:
        headers.append((b"Content-Length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body if with_body else b""})
