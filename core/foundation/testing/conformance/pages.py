"""A plugin's sections point to what exists, and its page passes the check before it is offered."""

from foundation.plugins.icons import ICONS
from foundation.plugins.pages import BuiltinPage, ModulePage, ResourcePage
from foundation.testing.conformance.subject import Subject


def test_it_has_a_section_whose_title_and_icon_can_be_drawn(subject: Subject) -> None:
    assert subject.adds.navigation
    for entry in subject.adds.navigation:
        assert entry.icon in ICONS
        assert entry.title


def test_a_page_points_to_a_resource_or_to_a_module_of_the_plugin(subject: Subject) -> None:
    resources = {resource.name for resource in subject.adds.resources}
    for entry in subject.adds.navigation:
        if isinstance(entry.page, ResourcePage):
            assert entry.page.resource in resources
        if isinstance(entry.page, ModulePage):
            assert subject.adds.bundle is not None, subject.loaded.refused
            assert entry.page.module in subject.adds.bundle.modules
        assert not isinstance(entry.page, BuiltinPage)


def test_a_resource_lies_below_the_routes_of_its_plugin(subject: Subject) -> None:
    for resource in subject.adds.resources:
        path = resource.path.removeprefix("/api/").strip("/")

        assert path.partition("/")[0] in subject.adds.prefixes


def test_each_file_of_its_page_is_served_under_a_hash_of_all(subject: Subject) -> None:
    bundle = subject.adds.bundle
    if bundle is None:
        return
    for name, file in bundle.files.items():
        assert bundle.digest in bundle.url(name)
        assert file.integrity.startswith("sha256-")
