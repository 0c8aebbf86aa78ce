"""A plugin starts, and all its names carry its id."""

import re

ID = re.compile(r"[a-z][a-z0-9_]{1,19}")


def test_it_starts_and_nothing_of_it_is_refused(plugin):
    assert (str(plugin.loaded.state), plugin.loaded.reason) == ("started", "")
    assert plugin.loaded.refused == ()


def test_its_id_is_that_of_its_folder_package_and_distribution(plugin):
    assert ID.fullmatch(plugin.id)
    assert plugin.folder.name == plugin.id
    assert plugin.loaded.dist == f"foundation-{plugin.id.replace('_', '-')}"
    assert plugin.loaded.module == f"foundation_{plugin.id}.plugin"


def test_its_permissions_are_its_id_a_thing_and_a_verb(plugin):
    form = re.compile(rf"{plugin.id}:[a-z][a-z0-9_]*:[a-z][a-z0-9_]*")

    assert [p.name for p in plugin.adds.permissions if not form.fullmatch(p.name)] == []


def test_its_events_are_its_id_a_thing_and_a_past_verb(plugin):
    form = re.compile(rf"{plugin.id}\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")

    assert [e.name for e in plugin.adds.events if not form.fullmatch(e.name)] == []


def test_no_name_is_declared_twice(plugin):
    names = [p.name for p in plugin.adds.permissions] + [e.name for e in plugin.adds.events]

    assert len(names) == len(set(names))


def test_its_readme_says_what_it_is(plugin):
    readme = (plugin.folder / "README.md").read_text("utf-8")

    assert readme.startswith("# ")
    assert len(readme.split()) > 10


def test_it_pins_no_version_of_what_it_shares_with_core(plugin):
    assert [line for line in plugin.project["dependencies"] if "==" in line] == []


def test_it_declares_what_its_wheel_must_say(plugin):
    assert plugin.project["requires-python"] == ">=3.11"
    assert plugin.project["license"] == "MIT"
    assert plugin.project["description"]
