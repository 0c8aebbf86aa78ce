"""The first step about people: not to be alone."""

from foundation.builtin.accounts import repository
from foundation.builtin.accounts.permissions import WRITE
from foundation.http.context import Context
from foundation.plugins.contributions import Widget
from foundation.plugins.shapes import Checklist, Step


async def first_steps(ctx: Context) -> Checklist:
    """Return whether somebody else was let in."""
    step = Step(
        title="Let a second person in",
        detail="An invitation is a link that works once; it says which role they get.",
        done=await repository.count_people(ctx.db) > 1,
        to="/s/users/invitations",
    )
    return Checklist(steps=(step,))


ALL = (Widget(key="first_steps", title="Users", look=first_steps, needs=WRITE, order=90),)
