"""A page is offered only when its files are there, are those of the wheel, and find what they import."""

import base64
import hashlib
import json

import pytest

from foundation.plugins.contributions import Frontend
from foundation.plugins.preflight import LARGEST, PageRefused, preflight, recorded_hashes
from foundation.plugins.shared import SharedMap

SHELL = SharedMap({"react": "19.2.0"}, 1, 1)


@pytest.fixture
def page(tmp_path):
    """Write the files of a page and check them."""

    def check(files, *, shell=SHELL, dist="foundation-orders", **frontend):
        folder = tmp_path / "ui"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        given = {"modules": ("main.js",), **frontend}
        return preflight("orders", Frontend(folder, **given), dist=dist, shell=shell)

    return check


def refused(page, files, **options):
    with pytest.raises(PageRefused) as told:
        page(files, **options)
    return str(told.value)


def test_a_right_page_gets_an_address_with_a_hash_and_its_integrity(page):
    content = b'import "react"; export default {};'

    bundle = page({"main.js": content}, shared=(("react", "^19"),))

    digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
    assert bundle.files["main.js"].integrity == f"sha256-{digest}"
    assert bundle.url("main.js") == f"/api/ext/orders/{bundle.digest}/main.js"
    assert len(bundle.digest) == 16


def test_a_changed_file_changes_the_address(page):
    first = page({"main.js": "1"}).digest

    assert page({"main.js": "2"}).digest != first
    assert page({"main.js": "1"}).digest == first


def test_a_built_page_brings_its_chunks_styles_and_ranges(page):
    note = {
        "uiApi": 1,
        "modules": ["main.js", "chunk.js"],
        "styles": ["main.css"],
        "imports": ["react"],
        "shared": {"react": "^19"},
    }

    bundle = page({"main.js": "", "chunk.js": "", "main.css": "", "ui.json": json.dumps(note)})

    assert (bundle.modules, bundle.preload) == (("main.js",), ("chunk.js",))
    assert bundle.styles == ("main.css",)
    assert bundle.shared == {"react": "^19"}
    assert "ui.json" not in bundle.files


@pytest.mark.parametrize(
    ("files", "options", "words"),
    [
        ({"other.js": ""}, {}, "main.js is missing"),
        ({"main.js": 'import "lodash"'}, {}, "'lodash', which the shell does not share"),
        ({"main.js": 'import "./part.js"'}, {}, "'./part.js', which is not among its files"),
        ({"main.js": ""}, {"ui_api": 3}, "UI API 3; the shell runs 1-1"),
        ({"main.js": ""}, {"shared": (("react", "^18"),)}, "react ^18; the shell shares 19.2.0"),
        ({"main.js": ""}, {"shared": (("vue", "^3"),)}, "does not share 'vue'"),
        ({"main.js": "", "ui.json": "{"}, {}, "ui.json cannot be read"),
        ({"main.js": 'import "react"'}, {}, "imports 'react' and does not say which"),
        (
            {"main.js": "", "ui.json": '{"uiApi": 2}'},
            {},
            "ui.json says UI API 2, frontend() says 1",
        ),
        ({"main.js": ""}, {"modules": ("main.txt",)}, "main.txt must end in .js or .mjs"),
        ({"main.js": ""}, {"styles": ("main.js",)}, "main.js must end in .css"),
        ({"main.js": ""}, {"frames": ("main.js",)}, "main.js must end in .html"),
        ({"main.js": ""}, {"modules": ("x/../main.js",)}, "is no plain name of a file"),
        ({"main.js": "", "ui.json": '{"imports": ["lodash"]}'}, {}, "'lodash'"),
        ({"main.js": ""}, {"modules": ("../../etc/passwd",)}, "lies outside ui/"),
    ],
)
def test_a_page_that_does_not_fit_says_why(page, files, options, words):
    assert words in refused(page, files, **options)


def test_all_that_is_wrong_is_told_at_once(page):
    told = refused(page, {"main.js": 'import "a"; import "b"'}, styles=("x.css",))

    assert all(word in told for word in ("'a'", "'b'", "x.css is missing"))


def test_a_page_that_was_never_built_is_one_sentence(page):
    assert refused(page, {}) == "the page is not built: there is no folder ui/"


def test_a_file_that_is_a_link_is_refused(page, tmp_path):
    (tmp_path / "ui").mkdir()
    (tmp_path / "secret").write_text("x")
    (tmp_path / "ui" / "main.js").symlink_to(tmp_path / "secret")

    assert "lies outside" in refused(page, {})


def test_a_file_over_the_limit_is_refused(page):
    import random

    noise = random.Random(1).randbytes(LARGEST + 100_000)

    assert "over 1 MB after gzip" in refused(page, {"main.js": noise})


def test_a_module_in_a_folder_finds_its_neighbour(page):
    files = {"a/main.js": 'import "./part.js"', "a/part.js": 'import "../b.js"', "b.js": ""}

    bundle = page(files, modules=("a/main.js", "a/part.js", "b.js"))

    assert set(bundle.files) == set(files)


def test_without_a_built_shell_the_contracts_modules_may_be_imported(page):
    assert page({"main.js": 'import "@foundation/sdk/react"'}, shell=SharedMap())
    assert "lodash" in refused(page, {"main.js": 'import "lodash"'}, shell=SharedMap())


def test_a_file_that_differs_from_its_wheel_is_refused(page, tmp_path, monkeypatch):
    info = tmp_path / "foundation_orders-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: foundation-orders\nVersion: 1\n")
    hash = base64.urlsafe_b64encode(hashlib.sha256(b"good").digest()).rstrip(b"=").decode()
    (info / "RECORD").write_text(f"ui/main.js,sha256={hash},4\n")
    monkeypatch.syspath_prepend(tmp_path)

    assert not page({"main.js": "good"}).dev
    added = refused(page, {"main.js": "good", "late.js": ""}, modules=("main.js", "late.js"))
    assert "late.js is no file of the installed wheel" in added
    noted = refused(page, {"main.js": "good", "ui.json": "{}"})
    assert "ui.json is no file of the installed wheel" in noted
    (tmp_path / "ui" / "ui.json").unlink()
    assert "main.js differs from the installed wheel" in refused(page, {"main.js": "evil"})


def test_a_page_installed_from_its_source_is_marked(page):
    assert page({"main.js": ""}, dist="foundation-nowhere").dev


def test_a_frame_and_what_it_loads_are_files_without_being_imported(page):
    files = {"frame.html": "<!doctype html>", "frame.js": 'import "lodash"'}

    bundle = page(files, modules=(), frames=("frame.html",), assets=("frame.js",))

    assert (bundle.frames, bundle.assets) == (("frame.html",), ("frame.js",))
    assert bundle.modules == bundle.preload == ()


def test_a_distribution_nobody_installed_has_no_record():
    assert recorded_hashes("foundation-nowhere") == {}
