"""A plugin's sections point to what exists."""

from foundation.plugins.icons import ICONS
from foundation.plugins.pages import BuiltinPage, ModulePage, ResourcePage


def test_it_has_a_section_whose_title_and_icon_can_be_drawn(plugin):
    assert plugin.adds.navigation
    for entry in plugin.adds.navigation:
        assert entry.icon in ICONS
        assert entry.title


def test_a_page_points_to_a_resource_or_to_a_module_of_the_plugin(plugin):
    resources = {resource.name for resource in plugin.adds.resources}
    for entry in plugin.adds.navigation:
        if isinstance(entry.page, ResourcePage):
            assert entry.page.resource in resources
        if isinstance(entry.page, ModulePage):
            assert (plugin.folder / "ui").is_dir()
        assert not isinstance(entry.page, BuiltinPage)


def test_a_resource_lies_below_the_routes_of_its_plugin(plugin):
    for resource in plugin.adds.resources:
        path = resource.path.removeprefix("/api/").strip("/")

        assert path.partition("/")[0] in plugin.adds.prefixes
