"""The routes every shell starts with, asked as people ask them."""

import importlib
import sys

import pytest

from foundation.app import running
from foundation.clock import SystemClock
from foundation.testing.people import SignIn


async def test_a_stranger_has_no_shell(client):
    assert (await client.get("/api/shell")).status == 401


async def test_the_shell_of_a_viewer_is_theirs(client_as):
    viewer = await client_as("viewer")

    got = await viewer.get("/api/shell")

    shell = got.json
    ids = [section["id"] for section in shell["sections"]]
    assert got.status == 200
    assert got.headers["cache-control"] == "private, no-cache"
    assert {"dashboard", "projects", "etl", "recos", "collect", "settings"} <= set(ids)
    assert "plugins" not in ids
    assert ids[0] == "dashboard"
    assert "system:plugin:read" not in shell["me"]["can"]


async def test_the_shell_of_an_admin_has_every_section(client_as):
    admin = await client_as("admin")

    shell = (await admin.get("/api/shell")).json

    wanted = "dashboard credentials projects etl recos collect audit users settings plugins"
    assert set(wanted.split()) <= {section["id"] for section in shell["sections"]}


async def test_an_unchanged_shell_is_not_sent_again(client_as):
    viewer = await client_as("viewer")
    tag = (await viewer.get("/api/shell")).headers["etag"]

    assert (await viewer.get("/api/shell", headers={"If-None-Match": tag})).status == 304


async def test_the_shell_of_somebody_else_has_another_tag(client_as):
    tags = [
        (await (await client_as(role)).get("/api/shell")).headers["etag"]
        for role in ("viewer", "admin")
    ]

    assert tags[0] != tags[1]


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("operator", 200), ("admin", 200)])
async def test_plugins_are_listed_for_those_who_run_foundation(client_as, role, status):
    got = await (await client_as(role)).get("/api/plugins")

    assert got.status == status
    if status == 200:
        items = {item["id"]: item for item in got.json["items"]}
        assert {"accounts", "dashboard", "system", "projects", "audit"} <= items.keys()
        assert items["projects"]["state"] == "started"
        assert items["system"]["builtin"] is True


async def test_anybody_may_ask_for_health_and_gets_no_details(client, client_as):
    operator = await client_as("operator")

    got, known = await client.get("/api/health"), await operator.get("/api/health")

    parts = {part["name"]: part for part in got.json["parts"]}
    assert got.status in {200, 503}
    assert got.json["live"] is True
    assert got.json["ready"] is (got.status == 200)
    assert parts["database"]["required"] is True
    assert {part["detail"] for part in got.json["parts"]} == {None}
    assert known.json["parts"].__len__() == len(parts)


async def test_the_api_describes_itself_to_those_who_signed_in(client, client_as):
    viewer = await client_as("viewer")

    document = (await viewer.get("/api/openapi.json")).json

    assert (await client.get("/api/openapi.json")).status == 401
    assert document["openapi"].startswith("3.1")
    assert {"/api/shell", "/api/plugins", "/api/health", "/api/dashboard"} <= document[
        "paths"
    ].keys()


@pytest.fixture
def site(tmp_path):
    """A place where plugins are installed for one test: give an id and the text of its plugin."""
    path = list(sys.path)
    sys.path.insert(0, str(tmp_path))

    def install(id, text):
        info = tmp_path / f"foundation_{id}-1.0.dist-info"
        info.mkdir(exist_ok=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: foundation-{id}\nVersion: 1\n"
        )
        (info / "entry_points.txt").write_text(
            f"[foundation.plugins]\n{id} = foundation_{id}.plugin\n"
        )
        package = tmp_path / f"foundation_{id}"
        package.mkdir(exist_ok=True)
        (package / "__init__.py").write_text("")
        (package / "plugin.py").write_text(text)
        importlib.invalidate_caches()
        forget()

    def forget():
        for name in [name for name in sys.modules if name.startswith("foundation_crm")]:
            del sys.modules[name]

    yield install
    sys.path[:] = path
    forget()


GOOD = """
from foundation.sdk import Context, Manifest, NavEntry, Placeholder, Router, SignedIn, View, hook

manifest = Manifest(id="crm", title="CRM", api=">=1.0,<2", owner="Ada")
ANYBODY = SignedIn("a test")
router = Router("customers")


class Customer(View):
    name: str


@router.get("/", needs=ANYBODY)
async def look(ctx: Context) -> Customer:
    return Customer(name="Ada")


@hook
def routers():
    return [router]


@hook
def navigation():
    return [NavEntry("crm", "CRM", "users", ANYBODY, Placeholder("Here soon", ""), "main", 5)]
"""


async def test_a_plugin_that_breaks_keeps_its_place_and_says_why_to_those_who_can_help(
    site, foundation_settings, foundation_environ
):
    site("crm", GOOD)
    async with running(foundation_settings, clock=SystemClock(), environ=foundation_environ) as app:
        assert (await (await SignIn(app)("viewer")).get("/api/customers")).json == {"name": "Ada"}
    site("crm", GOOD + "\nimport nope\n")

    async with running(foundation_settings, clock=SystemClock(), environ=foundation_environ) as app:
        viewer, admin = await SignIn(app)("viewer"), await SignIn(app)("admin")
        answer = await viewer.get("/api/customers/17")
        cards = [
            next(s for s in (await who.get("/api/shell")).json["sections"] if s["id"] == "crm")
            for who in (viewer, admin)
        ]
        plugins = (await admin.get("/api/plugins")).json["items"]
        others = await viewer.get("/api/projects")

    assert (answer.status, answer.code) == (503, "plugin_import_error")
    assert answer.json["command"] == "pip install --force-reinstall foundation-crm"
    assert [card["ui"]["kind"] for card in cards] == ["fault", "fault"]
    assert [card["weight"] for card in cards] == [5, 5]
    assert "reason" not in cards[0]["ui"]
    assert "No module named 'nope'" in cards[1]["ui"]["reason"]
    assert "Traceback" in next(item for item in plugins if item["id"] == "crm")["trace"]
    assert others.status == 200
