"""A folder that says what pip would."""

from foundation.plugins.scan import Installed, installed_plugins
from foundation.testing.site import announce, on_path


def test_what_it_announces_is_installed_inside_the_block_only(tmp_path):
    announce(tmp_path, "foundation-some-one", {"some_one": "foundation_some_one.plugin"})
    one = Installed("some_one", "foundation_some_one.plugin", "foundation-some-one", "0.1.0")

    with on_path(tmp_path):
        inside = installed_plugins()

    assert one in inside
    assert one not in installed_plugins()
