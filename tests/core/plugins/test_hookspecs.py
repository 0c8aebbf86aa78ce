"""The hooks are markers on plain functions; pluggy finds what a plugin implements."""

from types import SimpleNamespace

import pluggy
from packaging.version import Version

from foundation.auth.permissions import Permission
from foundation.plugins import hookspecs
from foundation.plugins.hookspecs import CONTRACT, PROJECT, hook

READ = Permission("things:thing:read", "Read things")


@hook
def permissions():
    return [READ]


def test_an_implementation_is_found_by_its_name():
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(hookspecs)
    plugin = SimpleNamespace(permissions=permissions)

    manager.register(plugin)

    assert manager.hook.permissions() == [[READ]]


def test_the_contract_has_a_version_that_ranges_can_be_declared_on():
    assert Version(CONTRACT) >= Version("1.0")
