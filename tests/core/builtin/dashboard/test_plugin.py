"""The plugin `dashboard` is loaded as any other, and is what somebody sees first."""

from foundation.builtin.dashboard import plugin
from foundation.plugins.manifest import read_manifest
from foundation.plugins.pages import BuiltinPage


def test_its_manifest_reads_as_it_is():
    read = read_manifest("dashboard", "foundation.builtin.dashboard.plugin", builtin=True)

    assert read == plugin.manifest


def test_its_section_comes_first():
    (entry,) = plugin.navigation()

    assert (entry.section, entry.group, entry.weight) == ("dashboard", "main", 0)
    assert entry.page == BuiltinPage("dashboard")


def test_its_one_prefix_is_its_own():
    assert [router.prefix for router in plugin.routers()] == ["dashboard"]


def test_health_comes_before_everything():
    assert min(plugin.widgets(), key=lambda widget: widget.order).key == "health"
