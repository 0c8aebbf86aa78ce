"""A plugin that keeps all, to be broken in one place at a time."""

from dataclasses import replace

import pytest

from foundation.testing.conformance.subject import Subject, subject_installed


@pytest.fixture(scope="session")
def whole() -> Subject:
    return subject_installed("projects")


@pytest.fixture
def broken(whole):
    """Return the plugin with some of what it adds, or says of itself, put otherwise."""

    def changed(*, facts=None, loaded=None, package=None, **adds) -> Subject:
        contributions = replace(whole.adds, **adds)
        return Subject(
            replace(whole.loaded, contributions=contributions, **(loaded or {})),
            replace(whole.facts, **(facts or {})),
            package or whole.package,
        )

    return changed
