"""A started plugin is remembered by its sections and prefixes."""

from foundation.auth.permissions import Permission, Role, SignedIn
from foundation.http.router import Router
from foundation.plugins.added import Contributions
from foundation.plugins.contributions import NavEntry
from foundation.plugins.memory import SectionSnapshot
from foundation.plugins.pages import ModulePage, Placeholder
from foundation.plugins.registry import Loaded, State
from foundation.plugins.snapshot import section_snapshot, snapshot_of

READ = Permission("orders:order:read", "Read", roles=frozenset({Role.VIEWER, Role.OPERATOR}))
ENTRY = NavEntry("orders", "Orders", "box", READ, ModulePage(), "data", 7)


def test_a_section_keeps_who_may_see_it():
    assert section_snapshot(ENTRY) == SectionSnapshot(
        section="orders",
        title="Orders",
        icon="box",
        group="data",
        weight=7,
        permission="orders:order:read",
        roles=("operator", "viewer"),
    )


def test_a_placeholder_for_anybody_is_one():
    seen = section_snapshot(NavEntry("etl", "ETL", "box", SignedIn("x"), Placeholder("", "")))

    assert (seen.placeholder, seen.permission, seen.roles) == (True, "", ())


def test_a_plugin_keeps_its_prefixes():
    added = Contributions(routers=(Router("orders"), Router("carts")), navigation=(ENTRY,))

    found = snapshot_of(Loaded("orders", "d", "1", State.STARTED, contributions=added))

    assert found.prefixes == ("orders", "carts")
    assert [seen.section for seen in found.sections] == ["orders"]
