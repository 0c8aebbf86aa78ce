"""The plugin `system` is loaded as any other, and claims core's own sections."""

from foundation.builtin.system import plugin
from foundation.plugins.manifest import read_manifest
from foundation.plugins.pages import BuiltinPage


def test_its_manifest_reads_as_it_is():
    read = read_manifest("system", "foundation.builtin.system.plugin", builtin=True)

    assert read == plugin.manifest


def test_it_starts(app):
    assert app.registry.find("system").is_started


def test_its_sections_are_pages_of_the_shell():
    pages = {entry.section: entry.page for entry in plugin.navigation()}

    assert pages == {"settings": BuiltinPage("settings"), "plugins": BuiltinPage("plugins")}


def test_its_prefixes_are_the_ones_every_client_knows():
    prefixes = {router.prefix for router in plugin.routers()}

    assert prefixes == {"shell", "plugins", "health", "openapi.json", "keys"}
