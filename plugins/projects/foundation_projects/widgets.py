"""The widget of projects: the first one, and the first credential in it."""

from foundation.ports import TrailFilter, credential_directory, trail
from foundation.sdk import Checklist, Context, Step, Widget
from foundation_projects import events, repository
from foundation_projects.permissions import WRITE
from foundation_projects.service import access

LIST = "/s/projects"


async def first_steps(ctx: Context) -> Checklist:
    """Return whether there is a project, and whether one ever got a credential."""
    eyes = access.sight(ctx)
    begun = await repository.count(ctx.db, eyes) + await repository.count(
        ctx.db, eyes, status=access.ARCHIVED
    )
    steps = [
        Step(
            title="Begin a project",
            detail="What a team works on: its members, its credentials and its runs.",
            done=begun > 0,
            to=f"{LIST}/new",
        )
    ]
    if ctx.find(credential_directory) is not None:
        told = TrailFilter(type=events.ATTACHED.name)
        found, _ = await ctx.get(trail).page(told, limit=1)
        steps.append(
            Step(
                title="Attach a credential to a project",
                detail="Then it is clear who uses it, and nobody deletes it by mistake.",
                done=bool(found),
                to=LIST,
            )
        )
    return Checklist(steps=tuple(steps))


ALL = (Widget(key="first_steps", title="Projects", look=first_steps, needs=WRITE, order=92),)
