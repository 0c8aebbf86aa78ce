"""The plugin that the suite looks at."""

from pathlib import Path

import pytest

from foundation.testing.conformance.subject import (
    NotInstalled,
    facts_of_distribution,
    facts_of_project,
    package_of,
    subject_installed,
)

ROOT = Path(__file__).parents[4]


def test_an_installed_plugin_and_its_folder_say_the_same():
    installed = facts_of_distribution("foundation-projects")
    folder = facts_of_project(ROOT / "plugins" / "projects")

    assert (installed.name, installed.license) == (folder.name, folder.license)
    assert installed.readme.strip() == folder.readme.strip()
    assert len(installed.requires) == len(folder.requires)


def test_a_plugin_that_is_not_installed_is_named_with_those_that_are():
    with pytest.raises(NotInstalled, match=r"no plugin 'absent' .* audit, collect_stub"):
        subject_installed("absent")


def test_a_module_without_a_package_is_no_plugin():
    with pytest.raises(NotInstalled):
        package_of("this_is_nowhere.plugin")


def test_it_knows_all_that_is_needed(whole):
    used, declared = {p.name for p in whole.used()}, {p.name for p in whole.adds.permissions}

    assert "projects:project:write" in used
    assert used <= declared  # the rest is asked for behind a port
