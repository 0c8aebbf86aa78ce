"""What plugins propose for the built-in roles, and what admins decide about it."""

from foundation.auth import proposals
from foundation.auth.permissions import Role
from foundation.auth.proposals import Proposal
from foundation.auth.roles import RANK
from foundation.builtin.accounts import events, repository
from foundation.builtin.accounts.schemas_access import Decisions, ProposalItem
from foundation.errors import FieldProblem, Forbidden, Invalid
from foundation.http.context import Context
from foundation.http.models import Page
from foundation.ports import catalogue, identity

STATES = {None: "open", True: "granted", False: "refused"}


async def listed(ctx: Context) -> Page[ProposalItem]:
    """Return what started plugins propose, those awaiting a decision first.

    Empty where the settings trust plugins: then all of it holds.
    """
    if not ctx.get(identity).asks_for_plugins:
        return Page[ProposalItem](items=[])
    known = ctx.get(catalogue)
    rights = {right.name: right for right in known.permissions}
    decided = await proposals.decided(ctx.db)
    items = [
        ProposalItem.model_validate(
            {
                "plugin": (plugin := one.permission.partition(":")[0]),
                "plugin_title": known.titles.get(plugin, plugin),
                "permission": one.permission,
                "title": rights[one.permission].title,
                "description": rights[one.permission].description,
                "sensitive": rights[one.permission].sensitive,
                "role": one.role.value,
                "state": STATES[decided.get(one)],
            }
        )
        for one in known.proposals
    ]
    return Page[ProposalItem](items=sorted(items, key=lambda item: item.state != "open"))


async def decide(ctx: Context, body: Decisions) -> Page[ProposalItem]:
    """Confirm or refuse; those concerned have or lose the right with their next request.

    Raises `Invalid` for what nobody proposes, `Forbidden` for a right one does not hold oneself.
    """
    given = {Proposal(one.permission, Role(one.role)): one.granted for one in body.decisions}
    proposed = set(ctx.get(catalogue).proposals)
    wrong = [at for at, one in enumerate(given) if one not in proposed]
    if wrong:
        text = "No plugin proposes this"
        raise Invalid(
            errors=tuple(FieldProblem(f"/decisions/{at}", text, "unknown") for at in wrong)
        )
    granted = {one.permission for one, holds in given.items() if holds}
    if not ctx.get(identity).holds([], grants=granted) <= ctx.principal.permissions:
        raise Forbidden("nobody gives a right that they do not have")
    await proposals.decide(ctx.db, given, by=ctx.principal.id)
    ctx.record(
        events.RIGHTS_DECIDED(
            granted=tuple(str(one) for one, holds in given.items() if holds),
            refused=tuple(str(one) for one, holds in given.items() if not holds),
        )
    )
    lowest = min(RANK.index(one.role) for one in given)
    for role in RANK[lowest : RANK.index(Role.ADMIN)]:
        for user_id in await repository.holders(ctx.db, role):
            await ctx.get(identity).sessions.reread(ctx.db, user_id)
    return await listed(ctx)
