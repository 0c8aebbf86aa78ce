"""Files for the browser, from fixed tables (attack A137)."""

import gzip

import pytest

from foundation.http.assets import Assets, Brand, asset, branded, extension, media_type, read_web
from foundation.http.headers import security_headers
from foundation.testing.client import Client

POLICY = "default-src 'none'; script-src 'self' 'sha256-x'"
HTML = {"accept": "text/html,application/xhtml+xml"}
PAGE = "/api/ext/hello/0123456789abcdef/main.js"


async def inner(scope, receive, send):
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b"inner"})


@pytest.fixture
def dist(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>Foundation</title>")
    (tmp_path / "theme.js").write_text("document")
    (tmp_path / "csp.txt").write_text(POLICY + "\n")
    (tmp_path / "assets" / "app-1a2b.js").write_text("x" * 5_000)
    (tmp_path / "assets" / "app-1a2b.js.gz").write_bytes(gzip.compress(b"precompressed"))
    return tmp_path


def served(root, extensions=()):
    return Client(
        Assets(
            inner=inner,
            web=read_web(root),
            extensions=dict(extensions),
            headers=security_headers(is_https=True),
        )
    )


async def test_the_index_is_served_with_the_policy_of_the_build(dist):
    got = await served(dist).get("/")

    assert (got.status, got.text) == (200, "<!doctype html><title>Foundation</title>")
    assert got.headers["content-security-policy"] == POLICY
    assert got.headers["cache-control"] == "no-cache"
    assert got.headers["content-type"] == "text/html; charset=utf-8"
    assert got.headers["x-content-type-options"] == "nosniff"
    assert "strict-transport-security" in got.headers


@pytest.mark.parametrize("path", ["/s/projects", "/s/projects/0192", "/login", "/settings/plugins"])
async def test_an_address_of_the_app_gets_the_index(dist, path):
    got = await served(dist).get(path, headers=HTML)

    assert (got.status, got.headers["content-security-policy"]) == (200, POLICY)


@pytest.mark.parametrize(
    "path",
    [
        "/assets/gone.js",
        "/favicon.png",
        "/csp.txt",
        "/assets/app-1a2b.js.gz",
        "/../etc/passwd",
        "/assets/../index.html",
        "/..%2fetc/passwd",
        "/a\\b",
        "/a\0b",
        "//evil.example",
        "/%2e%2e/x",
    ],
)
async def test_a137_no_file_is_a_404_and_never_a_page(dist, path):
    got = await served(dist).get(path, headers=HTML)

    assert (got.status, got.code) == (404, "not_found")
    assert "immutable" not in got.headers["cache-control"]
    assert (await served(dist).get("/")).status == 200


async def test_a_script_that_asks_for_no_page_gets_none(dist):
    assert (await served(dist).get("/s/projects", headers={"accept": "*/*"})).status == 404


async def test_an_asset_is_kept_for_a_year(dist):
    got = await served(dist).get("/assets/app-1a2b.js")

    assert got.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"


async def test_a_file_compressed_by_the_build_is_used(dist):
    got = await served(dist).get("/assets/app-1a2b.js", headers={"accept-encoding": "br, gzip"})

    assert (got.headers["content-encoding"], gzip.decompress(got.body)) == (
        "gzip",
        b"precompressed",
    )
    assert got.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize("accepted", ["", "br", "gzip;q=0"])
async def test_who_takes_no_gzip_gets_the_file_itself(dist, accepted):
    got = await served(dist).get("/assets/app-1a2b.js", headers={"accept-encoding": accepted})

    assert (got.body, "content-encoding" in got.headers) == (b"x" * 5_000, False)


async def test_a_held_file_is_304(dist):
    client = served(dist)
    tag = (await client.get("/theme.js")).headers["etag"]

    got = await client.get("/theme.js", headers={"if-none-match": tag})

    assert (got.status, got.body, "content-type" in got.headers) == (304, b"", False)


async def test_head_tells_the_length_and_sends_nothing(dist):
    got = await served(dist).send("HEAD", "/theme.js")

    assert (got.status, got.body, got.headers["content-length"]) == (200, b"", "8")


@pytest.mark.parametrize("method", ["POST", "DELETE", "OPTIONS"])
async def test_files_are_only_read(dist, method):
    got = await served(dist).send(method, "/theme.js")

    assert (got.status, got.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/api", "/api/health", "/api/ext", "/api/extra"])
async def test_the_api_is_served_by_the_application_inside(dist, path):
    assert (await served(dist).get(path)).status == 299


async def test_a_page_of_a_plugin_is_served_without_a_session_and_kept(dist):
    got = await served(dist, [(PAGE, extension("main.js", b"export {}"))]).get(PAGE)

    assert (got.status, got.body) == (200, b"export {}")
    assert got.headers["content-type"] == "text/javascript; charset=utf-8"
    assert "immutable" in got.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    [
        "/api/ext/hello/ffffffffffffffff/main.js",
        "/api/ext/hello/0123456789abcdef/other.js",
        "/api/ext/hello/0123456789abcdef/",
        "/api/ext/hello/0123456789abcdef/../../../index.html",
        "/api/ext/",
    ],
)
async def test_an_old_or_unknown_file_of_a_plugin_is_404(dist, path):
    got = await served(dist, [(PAGE, extension("main.js", b"export {}"))]).get(path, headers=HTML)

    assert (got.status, got.code) == (404, "not_found")


@pytest.mark.parametrize("path", ["/", "/s/projects"])
async def test_without_a_build_a_page_says_how_to_make_one(tmp_path, path):
    got = await served(tmp_path).get(path, headers=HTML)

    assert (got.status, "make run" in got.text) == (503, True)
    assert got.headers["content-security-policy"].startswith("default-src 'none'")


def test_no_web_root_is_no_files():
    assert read_web(None) == {}


def test_a_small_or_binary_file_is_not_compressed():
    assert asset("/a.js", b"x", cache="", policy="").zipped is None
    assert asset("/a.woff2", b"x" * 5_000, cache="", policy="").zipped is None


def test_a_large_text_is_compressed_once_at_start():
    made = asset("/a.css", b"x" * 5_000, cache="", policy="")

    assert gzip.decompress(made.zipped) == made.body


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("a.unheard-of", "application/octet-stream"),
    ],
)
def test_a_file_has_the_type_of_its_name(name, media):
    assert media_type(name) == media


def test_the_page_carries_the_name_and_icon_of_the_deployment(tmp_path):
    html = (
        "<!doctype html><title>Foundation</title>"
        '<meta name="application-name" content="Foundation" /><script>x</script>'
    )
    (tmp_path / "index.html").write_text(html, "utf-8")

    web = branded(read_web(tmp_path), Brand("Harbour", b"<svg/>"))

    page = web["/index.html"].body.decode()
    assert "<title>Harbour</title>" in page
    assert 'content="Harbour"' in page
    assert "<script>x</script>" in page
    assert web["/icon.svg"].media.startswith("image/svg+xml")


def test_without_a_built_web_app_there_is_nothing_to_name(tmp_path):
    assert branded(read_web(tmp_path), Brand("Harbour")) == {}
