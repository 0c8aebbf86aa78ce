"""What the picture answers at its one address: pages, files, data, and nothing of its inside."""

import json
import ssl
import urllib.error
import urllib.request

import pytest

from foundation.http.assets import Assets, read_web
from foundation.http.exchange import Headers
from foundation.http.headers import security_headers

from .picture import Picture
from .program import ROOT, until
from .wire import Heard, chunks, send

DIST = ROOT / "web" / "dist"
HTML = "Accept: text/html"
GZIP = "Accept-Encoding: gzip"


def ask(picture: Picture, head: str, *headers: str, body: object = ()) -> Heard:
    return send(picture.ports.https, picture.context, head, *headers, body=body)


def line_of(picture: Picture, heard: Heard) -> dict:
    """Return the log line of a request, by the id its answer carries."""
    id = heard.headers["X-Request-Id"]
    found: list[dict] = []

    def written() -> bool:
        found[:] = [line for line in picture.lines() if line.get("request_id") == id]
        return bool(found)

    until(written, f"the line of {id} is written")
    return found[-1]


def test_pages_data_and_a_sign_in_at_one_address(picture: Picture) -> None:
    page = ask(picture, "GET /", HTML)
    deep = ask(picture, "GET /projects/0192", HTML)
    health = ask(picture, "GET /api/health")
    ada = picture.visitor("admin")

    assert page.status == deep.status == 200
    assert page.body == deep.body == (DIST / "index.html").read_bytes()
    assert health.status == 200
    assert json.loads(health.body)["ready"] is True
    assert {"projects", "credentials", "audit"} <= sections(ada.get("/api/shell").json)
    assert "__Host-foundation_session" in ada.cookies


def sections(shell: dict) -> set[str]:
    return {section["id"] for section in shell["sections"]}


def test_only_tls_is_spoken_with_a_certificate_of_its_own_authority(picture: Picture) -> None:
    with pytest.raises(ssl.SSLCertVerificationError):
        send(picture.ports.https, ssl.create_default_context(), "GET /")
    old = ssl.create_default_context(cafile=None)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.maximum_version = ssl.TLSVersion.TLSv1_2
    old.minimum_version = ssl.TLSVersion.TLSv1_2
    assert send(picture.ports.https, old, "GET /api/health").status == 200

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    with pytest.raises(urllib.error.HTTPError) as sent:
        urllib.request.build_opener(Stay).open(f"http://localhost:{picture.ports.http}/a?b=c")

    assert sent.value.code == 308
    assert sent.value.headers["Location"].startswith("https://localhost")
    assert sent.value.headers["Location"].endswith("/a?b=c")
    sent.value.close()


PLACES = (
    ("/", HTML),
    ("/", "Accept: */*"),
    ("/index.html", HTML),
    ("/audit", HTML),
    ("/projects/one/two", HTML),
    ("/nowhere", "Accept: application/json"),
    ("/nowhere.js", HTML),
    ("/assets/nowhere.js", HTML),
    ("/assets/", HTML),
    ("/icon.svg", HTML),
    ("/importmap.json", HTML),
    ("/csp.txt", HTML),
    ("/index.html.gz", HTML),
)
CARRIED = ("Cache-Control", "Content-Encoding", "Content-Security-Policy", "Content-Type", "Vary")


def test_nginx_answers_as_foundation_itself_would(picture: Picture) -> None:
    rules = security_headers(is_https=True)
    own = Assets(inner=None, web=read_web(DIST), extensions={}, headers=rules)
    files = [f"/assets/{file.name}" for file in (DIST / "assets").iterdir()]
    kept = [(file, "Accept: */*") for file in files if not file.endswith(".gz")]
    differs = []
    for path, accept in (*PLACES, *kept):
        asked = [(b"accept", accept.partition(": ")[2].encode()), (b"accept-encoding", b"gzip")]
        wanted = own.answer("GET", path, Headers(asked))
        given = ask(picture, f"GET {path}", accept, GZIP)
        told = {name.lower(): value for name, value in wanted.headers}
        names = [name for name, _ in rules] + list(CARRIED)
        if wanted.status != 200:
            names.remove("Content-Type")
        if "content-encoding" not in told:
            names.remove("Vary")  # what is never compressed does not vary
        differs += [
            (path, name, given.headers[name], told.get(name.lower()))
            for name in names
            if given.headers[name] != told.get(name.lower())
        ]
        if given.status != wanted.status or (wanted.status == 200 and given.body != wanted.body):
            differs.append((path, given.status, wanted.status))

    assert differs == []
    assert len(kept) > 5


def test_a_file_that_is_known_is_not_sent_again_and_keeps_its_headers(picture: Picture) -> None:
    script = next((DIST / "assets").glob("*.js"))
    first = ask(picture, f"GET /assets/{script.name}", GZIP)
    again = ask(picture, f"GET /assets/{script.name}", f"If-None-Match: {first.headers['ETag']}")

    assert first.body == script.with_name(f"{script.name}.gz").read_bytes()
    assert (again.status, again.body) == (304, b"")
    assert again.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert again.headers["X-Content-Type-Options"] == "nosniff"
    for heard in (first, again):
        assert heard.headers["Server"] is heard.headers["Via"] is None


def test_the_last_releases_files_are_there_for_tabs_that_are_open(picture: Picture) -> None:
    old = picture.folder / "web" / "kept" / "previous" / "assets"
    old.mkdir(parents=True, exist_ok=True)
    (old / "shell-0ld.js").write_text("export {};\n")

    heard = ask(picture, "GET /assets/shell-0ld.js")

    assert (heard.status, heard.body) == (200, b"export {};\n")
    assert "immutable" in heard.headers["Cache-Control"]
    assert (picture.folder / "web" / "kept" / "current" / "index.html").is_file()


def test_what_a_client_says_of_itself_is_not_believed(picture: Picture) -> None:
    trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    heard = ask(
        picture,
        "GET /api/health",
        "X-Forwarded-For: 203.0.113.9, 127.0.0.1",
        "X-Forwarded-Proto: http",
        "X-Forwarded-Host: evil.example",
        "X-Real-IP: 203.0.113.9",
        "Forwarded: for=203.0.113.9",
        "X-Request-Id: forged-0123456789",
        f"traceparent: 00-{trace}-00f067aa0ba902b7-01",
    )

    line = line_of(picture, heard)
    assert line["client"] == "127.0.0.1"
    assert line["request_id"] != "forged-0123456789"
    assert line["trace_id"] == trace
    assert (line["route"], line["status"], line["outcome"]) == ("/api/health", 200, "ok")


INSIDE = ("/metrics", "/healthz", "/readyz", "/api/metrics", "/internal/x")
SPELLINGS = (
    "{}",
    "/{}",
    "/.{}",
    "{}/",
    "{}?a=b",
    "/x/..{}",
    "/%2e{}",
    "/assets/..%2f..{}",
    "/api/..{}",
    "/api/%2e%2e{}",
)


def test_nothing_of_the_inside_is_reached_in_any_spelling(picture: Picture) -> None:
    reached = []
    for path in INSIDE:
        first, rest = path[1], path[2:]
        odd = [f"/%{ord(first):02x}{rest}", path.upper(), path.title()]
        for spelled in [form.format(path) for form in SPELLINGS] + odd:
            heard = ask(picture, f"GET {spelled}")
            if heard.status not in {400, 404} or b"foundation_" in heard.body:
                reached.append((spelled, heard.status, heard.body[:60]))

    assert reached == []


def test_a_body_is_stopped_at_the_gateway_and_at_the_route(picture: Picture) -> None:
    large, smaller = 3 * 1024 * 1024, 3 * 512 * 1024
    login = "POST /api/auth/login"
    json_ = f"Content-Type: application/json\r\nOrigin: {picture.url}"
    said = ask(picture, login, json_, f"Content-Length: {large}", body=[b"x" * large])
    route = ask(picture, login, json_, f"Content-Length: {smaller}", body=[b"x" * smaller])
    silent = ask(picture, login, json_, "Transfer-Encoding: chunked", body=chunks(smaller))

    assert [said.status, route.status, silent.status] == [413, 413, 413]
    for heard in (said, silent, route):
        assert heard.headers["Content-Type"].startswith("application/problem+json")
        assert json.loads(heard.body)["request_id"]


def test_an_answer_of_data_is_compressed_and_its_headers_are_the_apis(picture: Picture) -> None:
    ada = picture.visitor("admin")
    cookie = "; ".join(f"{name}={value}" for name, value in ada.cookies.items())
    heard = ask(picture, "GET /api/openapi.json", f"Cookie: {cookie}", GZIP)

    assert heard.status == 200
    assert heard.headers["Content-Encoding"] == "gzip"
    assert heard.headers.get_all("Cache-Control") == ["no-store"]
    assert len(heard.headers.get_all("Content-Security-Policy") or []) == 1
    assert heard.headers["Strict-Transport-Security"].startswith("max-age=31536000")
