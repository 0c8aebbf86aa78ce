"""Whoever runs Foundation sees why a plugin does not work; a viewer does not."""

from foundation.auth.permissions import Role
from foundation.auth.roles import permissions_of
from foundation.builtin.system.permissions import READ
from foundation.plugins.sections import READ_PLUGINS


def test_it_is_the_permission_that_the_sections_ask_for():
    assert READ.name == READ_PLUGINS == "system:plugin:read"


def test_operators_and_admins_hold_it():
    holders = [role for role in Role if READ.name in permissions_of([role], [READ])]

    assert holders == [Role.OPERATOR, Role.ADMIN]
