"""What a plugin adds is empty until its hooks say more."""

from foundation.http.router import Router
from foundation.plugins.added import Contributions


def test_a_plugin_that_says_nothing_adds_nothing():
    nothing = Contributions()

    assert (nothing.commands, nothing.routers, nothing.prefixes) == ((), (), ())


def test_its_prefixes_are_those_of_its_routers_in_their_order():
    added = Contributions(routers=(Router("things"), Router("parts")))

    assert added.prefixes == ("things", "parts")
