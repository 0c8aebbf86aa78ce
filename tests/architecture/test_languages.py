"""What core and the bundled plugins declare is said in French, too: no English is left on a page."""

import pytest

from foundation.builtin.accounts.service.roles import TITLES
from foundation.plugins.loader import load
from foundation.plugins.registry import Registry
from foundation.plugins.trail import CORE_EVENTS
from foundation.plugins.words import words_of
from foundation.settings import PluginChoice


@pytest.fixture(scope="module")
def bundled(house):
    """Core's own sections and the bundled plugins, whatever else is installed."""
    here = {folder.name for folder in (house.root / "plugins").iterdir()}
    registry = load(PluginChoice(), environ={})
    return [one for one in registry.plugins if one.builtin or one.id in here]


def texts(plugin):
    """Yield what *plugin* declares for people to read."""
    added = plugin.contributions
    yield plugin.title
    yield from (event.title for event in added.events)
    for right in added.permissions:
        yield from (right.title, right.description)
    yield from (widget.title for widget in added.widgets)
    yield from (entry.title for entry in added.navigation)
    for job in added.jobs:
        yield job.title
        fields = job.params.model_fields.values() if job.params is not None else ()
        yield from (field.title for field in fields)


def test_every_declared_text_has_its_french_one(bundled):
    known = words_of(Registry(tuple(bundled)))["fr"]
    said = [text for plugin in bundled for text in texts(plugin)]
    said += [event.title for event in CORE_EVENTS] + list(TITLES.values())

    assert sorted({text for text in said if text and text not in known}) == []
