"""A section that points nowhere is seen."""

from dataclasses import replace

import pytest

from foundation.sdk import ModulePage, Resource, ResourcePage
from foundation.testing.conformance import pages


@pytest.mark.parametrize(
    ("check", "changes"),
    [
        (pages.test_it_has_a_section_whose_title_and_icon_can_be_drawn, {"icon": "unicorn"}),
        (pages.test_it_has_a_section_whose_title_and_icon_can_be_drawn, {"title": ""}),
        (
            pages.test_a_page_points_to_a_resource_or_to_a_module_of_the_plugin,
            {"page": ResourcePage("absent")},
        ),
        (
            pages.test_a_page_points_to_a_resource_or_to_a_module_of_the_plugin,
            {"page": ModulePage("absent.js")},
        ),
    ],
)
def test_each_fault_is_seen(check, changes, broken, whole):
    check(whole)
    (entry,) = whole.adds.navigation

    with pytest.raises(AssertionError):
        check(broken(navigation=(replace(entry, **changes),)))


def test_a_resource_of_somebody_elses_route_is_seen(broken, whole):
    (needs, *_) = whole.adds.permissions
    theirs = Resource("row", "rows", "/theirs", "name", needs, ())

    with pytest.raises(AssertionError):
        pages.test_a_resource_lies_below_the_routes_of_its_plugin(broken(resources=(theirs,)))
