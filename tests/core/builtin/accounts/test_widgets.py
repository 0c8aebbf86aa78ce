"""The first step about people is done when one is not alone."""

from types import SimpleNamespace

from foundation.builtin.accounts.permissions import WRITE
from foundation.builtin.accounts.widgets import ALL, first_steps


async def test_it_is_done_with_a_second_person(client_as, db):
    await client_as("admin")
    (alone,) = (await first_steps(SimpleNamespace(db=db))).steps
    await client_as("viewer")
    (joined,) = (await first_steps(SimpleNamespace(db=db))).steps

    assert (alone.done, joined.done) == (False, True)
    assert joined.to == "/s/users/invitations"


def test_it_is_for_those_who_may_let_people_in():
    assert [widget.needs for widget in ALL] == [WRITE]
