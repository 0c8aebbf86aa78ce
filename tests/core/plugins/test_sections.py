"""Sections: filtered for the person; a fault keeps its place; a placeholder steps back."""

import dataclasses
from datetime import UTC, datetime

import pytest

from foundation.auth.permissions import Permission, Role, SignedIn
from foundation.auth.principal import ANONYMOUS, Principal
from foundation.http.router import Router
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import Manifest, NavEntry
from foundation.plugins.memory import Memory, Remembered
from foundation.plugins.pages import BuiltinPage, FramePage, ModulePage, Placeholder
from foundation.plugins.preflight import Bundle, BundleFile
from foundation.plugins.registry import Loaded, Refusal, Registry, State
from foundation.plugins.sections import READ_PLUGINS, sections_for
from foundation.plugins.snapshot import snapshot_of

READ = Permission("etl:job:read", "See jobs", roles=frozenset({Role.OPERATOR}))
ANYBODY = SignedIn("a test")
WHEN = datetime(2026, 5, 1, tzinfo=UTC)
FILE = BundleFile("main.js", b"", "sha256-x")
BUNDLE = Bundle(
    "etl", "abc", 1, {"main.js": FILE, "part.js": FILE, "main.css": FILE},
    ("main.js",), ("main.css",), ("part.js",), {"react": "^19"},
)  # fmt: skip

VIEWER = Principal("user", roles=frozenset({"viewer"}))
OPERATOR = Principal("user", roles=frozenset({"operator"}), permissions=frozenset({READ.name}))
ADMIN = Principal(
    "user", roles=frozenset({"admin"}), permissions=frozenset({READ.name, READ_PLUGINS})
)


def plugin(id, *entries, state=State.STARTED, **more):
    added = Contributions(navigation=entries, routers=(Router(f"{id}s"),), **more)
    manifest = Manifest(id, id.upper(), ">=1", owner="Ada")
    return Loaded(
        id, f"d-{id}", "1", state, id.upper(), manifest=manifest, reason="because", mend="do it",
        contributions=added,
    )  # fmt: skip


def broken(loaded):
    """The same plugin after a start on which it did not even load."""
    return dataclasses.replace(loaded, state=State.IMPORT_ERROR, contributions=Contributions())


def remembering(*plugins):
    rows = {
        one.id: Remembered(
            one.id, one.dist, "1", one.title, one.state.value, snapshot_of(one), WHEN, WHEN
        )
        for one in plugins
    }
    return Memory(rows)


ETL = plugin(
    "etl", NavEntry("etl", "ETL", "workflow", READ, ModulePage(), "data", 10), bundle=BUNDLE
)
STUB = plugin(
    "etl_stub", NavEntry("etl", "ETL later", "box", ANYBODY, Placeholder("Later", "pip"), "data")
)
HOME = plugin("home", NavEntry("home", "Home", "box", ANYBODY, BuiltinPage("home"), "main", 0))


def seen(principal, *plugins, memory=None):
    return sections_for(Registry(plugins, memory or Memory()), principal)


def test_a_person_sees_what_they_may_and_nothing_else():
    assert [one.id for one in seen(VIEWER, ETL, HOME)] == ["home"]
    assert [one.id for one in seen(OPERATOR, ETL, HOME)] == ["home", "etl"]
    assert seen(ANONYMOUS, ETL, HOME) == []


def test_a_module_page_says_what_to_load_and_how_to_check_it():
    (section,) = seen(OPERATOR, ETL)

    assert section.api == "/api/etls"
    assert section.ui == {
        "kind": "module",
        "uiApi": 1,
        "entry": "/api/ext/etl/abc/main.js",
        "export": "default",
        "styles": ["/api/ext/etl/abc/main.css"],
        "preload": ["/api/ext/etl/abc/part.js"],
        "integrity": {
            "/api/ext/etl/abc/main.js": "sha256-x",
            "/api/ext/etl/abc/part.js": "sha256-x",
            "/api/ext/etl/abc/main.css": "sha256-x",
        },
        "shared": {"react": "^19"},
    }


def test_a_page_installed_from_its_source_says_so():
    bundle = dataclasses.replace(BUNDLE, dev=True)

    (section,) = seen(OPERATOR, plugin("etl", *ETL.contributions.navigation, bundle=bundle))

    assert section.ui["dev"] is True


def test_a_frame_says_which_document_it_shows_and_what_that_may_do():
    entry = NavEntry("etl", "ETL", "workflow", READ, FramePage("main.js", ("popups",)))

    (section,) = seen(OPERATOR, plugin("etl", entry, bundle=BUNDLE))

    src = "/api/ext/etl/abc/main.js"
    assert section.ui == {"kind": "frame", "src": src, "allow": ["popups"]}


def test_groups_come_in_their_order_then_weights_then_titles():
    entries = [
        NavEntry(section, section, "box", ANYBODY, BuiltinPage("x"), group, weight)
        for section, group, weight in [
            ("za", "extra", 1), ("zb", "admin", 1), ("zc", "main", 9), ("zd", "main", 1), ("ze", "data", 1),
        ]
    ]  # fmt: skip

    assert [one.id for one in seen(VIEWER, plugin("x", *entries))] == ["zd", "zc", "ze", "zb", "za"]


def test_a_placeholder_shows_while_nobody_has_its_section():
    (section,) = seen(VIEWER, STUB)

    assert section.ui == {"kind": "placeholder", "body": "Later", "install": "pip"}


@pytest.mark.parametrize("order", [(ETL, STUB), (STUB, ETL)])
def test_a_placeholder_steps_back_for_a_real_page(order):
    sections = seen(OPERATOR, *order)

    assert [(one.title, one.ui["kind"]) for one in sections] == [("ETL", "module")]


def test_a_placeholder_does_not_show_through_what_a_person_may_not_see():
    assert seen(VIEWER, ETL, STUB) == []


def test_of_two_placeholders_the_earlier_shows():
    other = dataclasses.replace(STUB, id="other")

    assert [one.plugin for one in seen(VIEWER, STUB, other)] == ["etl_stub"]


def test_a_broken_plugin_keeps_its_place_before_the_placeholder():
    memory = remembering(ETL)

    (section,) = seen(OPERATOR, STUB, broken(ETL), memory=memory)

    assert (section.plugin, section.title, section.group, section.weight) == (
        "etl",
        "ETL",
        "data",
        10,
    )
    assert section.api == "/api/etls"
    assert section.ui == {
        "kind": "fault",
        "state": "import_error",
        "mend": "do it",
        "owner": "Ada",
    }


def test_the_reason_is_for_people_who_may_read_plugins():
    (section,) = seen(ADMIN, broken(ETL), memory=remembering(ETL))

    assert section.ui["reason"] == "because"


def test_a_card_says_since_when_it_is_so():
    down = broken(ETL)
    memory = remembering(ETL)
    rows = {"etl": dataclasses.replace(memory.rows["etl"], state="import_error")}

    (section,) = seen(OPERATOR, down, memory=Memory(rows))

    assert section.ui["since"] == WHEN.isoformat()


def test_a_card_is_seen_by_those_whose_role_had_the_section():
    """Nobody holds the permission of a plugin that is away."""
    down, memory = broken(ETL), remembering(ETL)
    admin = Principal("user", roles=frozenset({"admin"}))
    operator = Principal("user", roles=frozenset({"operator"}))

    assert seen(VIEWER, down, memory=memory) == []
    assert len(seen(operator, down, memory=memory)) == len(seen(admin, down, memory=memory)) == 1


def test_a_plugin_that_waits_for_its_tables_is_placed_by_what_it_says_now():
    waiting = dataclasses.replace(ETL, state=State.NEEDS_MIGRATION)

    (section,) = seen(OPERATOR, waiting)

    assert (section.id, section.ui["state"]) == ("etl", "needs_migration")


def test_a_broken_plugin_that_never_showed_a_section_is_for_people_who_can_help():
    down = broken(ETL)

    assert seen(OPERATOR, down) == []
    (section,) = seen(ADMIN, down)
    assert (section.id, section.title, section.group) == ("etl", "ETL", "extra")
    assert section.ui["reason"] == "because"


def test_a_disabled_plugin_is_nowhere():
    assert (
        seen(ADMIN, dataclasses.replace(ETL, state=State.DISABLED), memory=remembering(ETL)) == []
    )


def test_a_refused_page_is_a_card_of_its_own_in_place():
    added = dataclasses.replace(ETL.contributions, bundle=None)
    refused = dataclasses.replace(
        ETL, contributions=added, refused=(Refusal("page", "imports 'lodash'"),)
    )

    (for_operator,), (for_admin,) = seen(OPERATOR, refused), seen(ADMIN, refused)

    assert (for_operator.ui["kind"], for_operator.ui["state"]) == ("fault", "refused")
    assert "reason" not in for_operator.ui
    assert for_admin.ui["reason"] == "imports 'lodash'"


def test_a_resource_page_is_drawn_for_the_person(yard):
    yard.add("healthy")
    registry = yard.load()
    person = Principal("user", permissions=frozenset({"healthy:thing:read"}))

    section = next(one for one in sections_for(registry, person) if one.id == "healthy")

    assert section.ui["kind"] == "resource"
    assert section.ui["resource"]["plural"] == "things"
