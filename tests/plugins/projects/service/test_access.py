"""Access: what a role in a project and a right over every one give, and the port for others."""

from uuid import UUID

import pytest

from foundation.auth.principal import Principal
from foundation.ports import project_access
from foundation.sdk import Conflict, Forbidden, NotFound
from foundation_projects.service.access import RULES, Access, Standing, is_enough


@pytest.mark.parametrize(
    ("role", "wanted", "enough"),
    [
        (None, "viewer", False),
        ("viewer", "viewer", True),
        ("viewer", "editor", False),
        ("editor", "viewer", True),
        ("editor", "owner", False),
        ("owner", "editor", True),
    ],
)
def test_each_role_holds_what_the_ones_below_hold(role, wanted, enough):
    assert is_enough(role, wanted) is enough


@pytest.mark.parametrize("act", RULES)
def test_a_role_or_a_right_over_every_project_is_enough(act):
    role, right = RULES[act]

    assert Standing(None, role, frozenset()).may(act)
    assert Standing(None, None, frozenset({right})).may(act)
    assert not Standing(None, None, frozenset()).may(act)


class Asks:
    """A context of another plugin's, for somebody."""

    def __init__(self, db, principal):
        self.db, self.principal = db, principal


async def test_other_plugins_hold_their_things_to_a_project(app, operator, guest, apollo, db):
    id, me = UUID(apollo["id"]), UUID(apollo["owner_id"])
    _, other = await guest("olga")
    own = frozenset({"projects:own:read"})
    owner, outsider = (
        Access(Asks(db, Principal("user", user, permissions=own))) for user in (me, UUID(other))
    )
    viewer = Access(
        Asks(db, Principal("user", UUID(other), permissions=own | {"projects:project:read"}))
    )

    assert (await owner.require(id, "owner")).role == "owner"
    assert await owner.visible() == frozenset({id})
    assert await outsider.visible() == frozenset()
    assert (await viewer.visible(), (await viewer.look(id)).role) == (None, "viewer")
    with pytest.raises(NotFound):
        await outsider.look(id)
    with pytest.raises(Forbidden):
        await viewer.require(id)
    await operator.post(f"/api/projects/{id}/archive", if_match=1)
    db.expire_all()
    with pytest.raises(Conflict):
        await owner.require(id)
    assert project_access.name == "projects.access"
