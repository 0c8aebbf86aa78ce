"""Ways to break a plugin on the server's side: each fails alone, and says why on page and command.

All are installed on one machine beside a plugin that works. What breaks in a browser is tested in
a browser.
"""

import json
from dataclasses import dataclass

from foundation.plugins.probe import refresh
from foundation.plugins.scan import installed_plugins
from foundation.settings import read_choice
from foundation.testing.people import SignIn, anonymous

HOOKS = [
    "permissions",
    "settings",
    "tables",
    "routers",
    "audit_events",
    "navigation",
    "resources",
    "frontend",
    "services",
    "health_checks",
    "lifespan",
    "jobs",
    "on_event",
]


@dataclass(frozen=True)
class Way:
    """How one plugin is broken: its text, and the state and words it must show."""

    state: str
    words: str
    body: str = ""
    manifest: str = ""
    dist: str = ""


def routed(prefix, *paths):
    """Return the text of a router with a GET on each of *paths*."""
    lines = [f'router = Router("{prefix}")']
    for number, path in enumerate(paths):
        lines += [
            f'@router.get("{path}", needs=SignedIn("a test"))',
            f"async def look{number}(ctx: Context) -> None: ...",
        ]
    return "\n".join([*lines, "@hook", "def routers():", "    return [router]"])


WAYS = {
    "b_import": Way("import_error", "No module named 'nope'", "import nope"),
    "b_exit": Way("import_error", "sys.exit(1)", "import sys; sys.exit(1)"),
    "b_die": Way("import_error", "ended the probe", "import os; os._exit(1)"),
    "b_hang": Way("import_error", "took over", "import time; time.sleep(3600)"),
    "b_manifest": Way("invalid", "computed", manifest='Manifest(id="b_" + "manifest", title="X", api=">=1")'),
    "b_noid": Way("invalid", "another", manifest='Manifest(id="another", title="X", api=">=1")'),
    "b_api": Way("incompatible", ">=9", manifest='Manifest(id="b_api", title="X", api=">=9")'),
    "b_ring": Way(
        "invalid", "b_ring > b_ring2 > b_ring",
        manifest='Manifest(id="b_ring", title="X", api=">=1", requires=("b_ring2",))',
    ),
    "b_ring2": Way(
        "invalid", "b_ring2 > b_ring > b_ring2",
        manifest='Manifest(id="b_ring2", title="X", api=">=1", requires=("b_ring",))',
    ),
    "b_lack": Way(
        "missing_dependency", "'absent', which is not installed",
        manifest='Manifest(id="b_lack", title="X", api=">=1", requires=("absent",))',
    ),
    "b_spell": Way("invalid", "did you mean 'navigation'?", "@hook\ndef navigatoin(): return []"),
    "b_async": Way("invalid", "permissions is async", "@hook\nasync def permissions(): return []"),
    "b_table": Way(
        "invalid", "table public.strays lies outside the schema b_table",
        "from pathlib import Path\nfrom sqlalchemy import Column, Integer, MetaData, Table\n"
        "found = MetaData()\nTable('strays', found, Column('id', Integer, primary_key=True))\n"
        "@hook\ndef tables(): return Tables(found, Path(__file__).parent)",
    ),
    "b_twice": Way("invalid", "twice", routed("twices", "/a", "/a")),
    "b_thief": Way("invalid", "belongs to credentials", routed("creds", "/a")),
    "b_needs": Way(
        "invalid", "no needs=",
        'router = Router("ajar")\n@router.get("/")\nasync def look(ctx: Context) -> None: ...',
    ),
    "b_bad_file": Way("invalid", "", "", ""),
    "b_heads": Way("invalid", "", "", ""),
} | {
    f"b_{hook}": Way("failed", f"{hook}() raised", f"@hook\ndef {hook}(): raise ValueError('boom')")
    for hook in HOOKS
}  # fmt: skip

OWN_TABLES = """
from pathlib import Path
from foundation.sdk import Tables, metadata_for

@hook
def tables():
    return Tables(metadata_for("{id}"), Path(__file__).parent / "versions")
"""

HISTORIES = {
    "b_bad_file": {"b_bad_file_0a000001": "this is no Python"},
    "b_heads": {
        f"b_heads_0a00000{number}": (
            f'revision = "b_heads_0a00000{number}"\ndown_revision = None\n'
            "def upgrade(): ...\ndef downgrade(): ...\n"
        )
        for number in (1, 2)
    },
}

GOOD = routed("goods", "/a") + (
    '\n@hook\ndef navigation():\n    page = Placeholder("x", "")\n'
    '    return [NavEntry("good", "Good", "box", SignedIn("x"), page)]'
)


def source(id, way):
    manifest = way.manifest or f'Manifest(id="{id}", title="X", api=">=1.0,<2")'
    return f"from foundation.sdk import *\nfrom foundation.sdk import hook\nmanifest = {manifest}\n{way.body}\n"


def break_all(machine):
    machine.install("good", text=source("good", Way("started", "", GOOD)))
    for id, way in WAYS.items():
        body = OWN_TABLES.format(id=id) if id in HISTORIES else way.body
        machine.install(id, text=source(id, Way("", "", body, way.manifest)))
        for name, content in HISTORIES.get(id, {}).items():
            folder = machine.site / f"foundation_{id}" / "versions"
            folder.mkdir(exist_ok=True)
            (folder / f"{name}.py").write_text(content)
    twin = machine.site / "b_twin-1.dist-info"
    machine.install("b_twin", text=source("b_twin", Way("", "")))
    twin.mkdir()
    (twin / "METADATA").write_text("Metadata-Version: 2.1\nName: another-twin\nVersion: 1\n")
    (twin / "entry_points.txt").write_text(
        "[foundation.plugins]\nb_twin = foundation_b_twin.plugin\n"
    )
    machine.forget()
    machine.environ["FOUNDATION_DATA"] = str(machine.site.parent / "data")
    refresh(read_choice(machine.environ), installed_plugins())


async def test_every_way_fails_alone_with_its_reason_on_the_page_and_in_the_command(machine):
    async with machine.worker():
        pass  # whoever was here first keeps their names
    break_all(machine)
    migrated = await machine.migrate()
    async with machine.worker() as app:
        admin, viewer = await SignIn(app)("admin"), await SignIn(app)("viewer")
        listed = (await admin.get("/api/plugins")).json["items"]
        seen = {one["id"] for one in (await viewer.get("/api/shell")).json["sections"]}
        good = await viewer.get("/api/goods/a")
        others = [
            (await admin.get(f"/api/{path}")).status for path in ("projects", "creds", "audit")
        ]
        stranger = await anonymous(app).get("/api/goods/a")
    told = await machine.command("list", FOUNDATION_DATABASE_URL="postgresql://u@127.0.0.1:1/x")
    as_json = await machine.command("list", "--json")

    page = {one["id"]: one for one in listed}
    command = {one["id"]: one for one in json.loads(as_json.stdout)["plugins"]}
    wrong = [
        (id, shown[id]["state"], shown[id]["reason"])
        for id, way in WAYS.items()
        for shown in (page, command)
        if id not in HISTORIES
        and (shown[id]["state"] != way.state or way.words not in (shown[id]["reason"] or ""))
    ]
    assert wrong == []
    assert all(page[id]["mend"] for id in WAYS)
    assert page["b_twin"]["state"] == "invalid"
    assert "two distributions" in page["b_twin"]["reason"]
    assert {id: page[id]["state"] for id in HISTORIES} == dict.fromkeys(HISTORIES, "invalid")
    assert all(not migrated[id].ok for id in HISTORIES)
    assert migrated["projects"].ok
    assert (page["good"]["state"], good.status, stranger.status) == ("started", 204, 401)
    assert {"good", "projects", "etl", "dashboard"} <= seen
    assert others == [200, 200, 200]
    assert told.exit_code == 0
    assert "the database was not read" in told.stderr


async def test_a_required_plugin_that_does_not_start_makes_the_service_unready(machine):
    machine.install("b_import", text=source("b_import", Way("", "", "import nope")))

    async with machine.worker(FOUNDATION_PLUGINS_REQUIRED="b_import") as app:
        required = {part.name: part.ok for part in app.readiness()}
    async with machine.worker() as app:
        free = {part.name: part.ok for part in app.readiness()}

    assert (required["plugins"], free["plugins"]) == (False, True)
