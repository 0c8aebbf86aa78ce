"""A plugin starts, and all its names carry its id."""

import re

from packaging.requirements import Requirement

from foundation.testing.conformance.subject import Subject

ID = re.compile(r"[a-z][a-z0-9_]{1,19}")


def test_it_starts_and_nothing_of_it_is_refused(subject: Subject) -> None:
    assert (str(subject.loaded.state), subject.loaded.reason) == ("started", "")
    assert subject.loaded.refused == ()


def test_its_id_is_that_of_its_package_and_distribution(subject: Subject) -> None:
    assert ID.fullmatch(subject.id)
    assert subject.facts.name.replace("_", "-") == f"foundation-{subject.id.replace('_', '-')}"
    assert subject.loaded.module == f"foundation_{subject.id}.plugin"


def test_its_permissions_are_its_id_a_thing_and_a_verb(subject: Subject) -> None:
    form = re.compile(rf"{subject.id}:[a-z][a-z0-9_]*:[a-z][a-z0-9_]*")

    assert [p.name for p in subject.adds.permissions if not form.fullmatch(p.name)] == []


def test_its_events_are_its_id_a_thing_and_a_past_verb(subject: Subject) -> None:
    form = re.compile(rf"{subject.id}\.[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")

    assert [e.name for e in subject.adds.events if not form.fullmatch(e.name)] == []


def test_no_name_is_declared_twice(subject: Subject) -> None:
    names = [p.name for p in subject.adds.permissions] + [e.name for e in subject.adds.events]

    assert len(names) == len(set(names))


def test_its_readme_says_what_it_is(subject: Subject) -> None:
    assert subject.facts.readme.lstrip().startswith("# ")
    assert len(subject.facts.readme.split()) > 10


def test_it_pins_no_version_of_what_it_shares_with_core(subject: Subject) -> None:
    pinned = [
        line
        for line in subject.facts.requires
        if any(one.operator in {"==", "==="} for one in Requirement(line).specifier)
    ]

    assert pinned == []


def test_it_declares_what_its_wheel_must_say(subject: Subject) -> None:
    assert subject.facts.requires_python
    assert subject.facts.license
    assert subject.facts.summary
