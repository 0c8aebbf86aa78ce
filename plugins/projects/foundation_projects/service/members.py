"""Members: who is what in a project, and who answers for it."""

from uuid import UUID

from foundation.ports import PersonRef, people
from foundation.sdk import (
    Conflict,
    Context,
    Event,
    EventType,
    FieldProblem,
    IfMatch,
    Invalid,
    NotFound,
    Page,
    check_version,
)
from foundation_projects import events, repository
from foundation_projects.models import Member, Project
from foundation_projects.schemas import (
    Candidate,
    MemberView,
    NewMember,
    ProjectView,
)
from foundation_projects.service import access, lifecycle


class AlreadyMember(Conflict):
    """Somebody is a member already; what they are is changed instead."""

    code, title = "already_member", "This person is a member already"


class OwnerStays(Conflict):
    """Whoever answers for a project stays its owner until somebody else does."""

    code, title = "owner_stays", "Somebody has to answer for the project"


async def listed(ctx: Context, project_id: UUID) -> Page[MemberView]:
    """Return the members, owners first, then by name; raises `NotFound`."""
    row = (await access.standing(ctx, project_id)).row
    rows = await repository.members(ctx.db, project_id)
    known = await ctx.get(people).named({member.user_id for member in rows})
    seen = [_view(row, member, known[member.user_id]) for member in rows]
    order = {role: -place for place, role in enumerate(access.RANK)}
    return Page(items=sorted(seen, key=lambda one: (not one.answers, order[one.role], one.name)))


async def candidates(ctx: Context, project_id: UUID, q: str) -> Page[Candidate]:
    """Return people who are no members yet, for those who may add them; raises `NotFound`."""
    await access.standing(ctx, project_id, "members")
    there = {member.user_id for member in await repository.members(ctx.db, project_id)}
    found = await ctx.get(people).search(q, limit=20 + len(there))
    free = [one for one in found if one.id not in there][:20]
    return Page(items=[Candidate(id=o.id, name=o.title, email=o.email, kind=o.kind) for o in free])


async def add(ctx: Context, project_id: UUID, new: NewMember) -> MemberView:
    """Make somebody a member; raises `NotFound`, `Invalid`, `ProjectArchived`, `AlreadyMember`."""
    row = (await access.active(ctx, project_id, "members")).row
    person = await _person(ctx, new.user_id)
    await repository.find_to_change(ctx.db, project_id)
    if await repository.find_member_of(ctx.db, project_id, person.id):
        raise AlreadyMember("change the role instead")
    member = Member(project_id=row.id, user_id=person.id, role=new.role)
    ctx.db.add(member)
    await ctx.db.flush()  # the view shows the id
    ctx.record(_told(events.JOINED, row, person, after=new.role))
    return _view(row, member, person)


async def change(
    ctx: Context, project_id: UUID, member_id: UUID, *, role: str, expected: IfMatch
) -> MemberView:
    """Change what somebody is; raises `NotFound`, `ProjectArchived`, `OwnerStays`."""
    row = (await access.active(ctx, project_id, "members")).row
    member, person = await _member(ctx, project_id, member_id)
    check_version(member.version, expected, _view(row, member, person))
    if member.role == role:
        return _view(row, member, person)
    _refuse_for_owner(row, member)
    ctx.record(_told(events.CHANGED, row, person, before=member.role, after=role))
    member.role = role
    await ctx.db.flush()  # the view shows the new version
    return _view(row, member, person)


async def remove(ctx: Context, project_id: UUID, member_id: UUID, expected: IfMatch) -> None:
    """Take somebody out, or leave oneself, of an archived project too.

    Raises `NotFound`, `Forbidden`, `OwnerStays`.
    """
    stands = await access.standing(ctx, project_id)
    member, person = await _member(ctx, project_id, member_id)
    if member.user_id != ctx.principal.id:
        await access.standing(ctx, project_id, "members")
    check_version(member.version, expected, _view(stands.row, member, person))
    _refuse_for_owner(stands.row, member)
    ctx.record(_told(events.LEFT, stands.row, person, before=member.role))
    await ctx.db.delete(member)


async def hand_over(
    ctx: Context, project_id: UUID, user_id: UUID, expected: IfMatch
) -> ProjectView:
    """Let somebody else answer for a project; whoever did stays one of its owners.

    Raises `NotFound`, `Invalid`, `PreconditionFailed`, `ProjectArchived`.
    """
    stands = await access.active(ctx, project_id, "members")
    row = stands.row
    check_version(row.version, expected, await lifecycle.view(ctx, stands))
    if row.owner_id == user_id:
        return await lifecycle.view(ctx, stands)
    person = await _person(ctx, user_id)
    await repository.find_to_change(ctx.db, project_id)
    member = await repository.find_member_of(ctx.db, project_id, user_id)
    if member is None:
        ctx.db.add(Member(project_id=row.id, user_id=user_id, role="owner"))
    else:
        member.role = "owner"
    before = str(row.owner_id or "")
    row.owner_id = user_id
    told = events.OWNED(
        lifecycle.target(row),
        project_id=row.id,
        before=before,
        after=str(user_id),
        after_name=person.title,
    )
    ctx.record(told)
    await ctx.db.flush()  # the view shows the new version
    return await lifecycle.one(ctx, project_id)


async def _person(ctx: Context, user_id: UUID) -> PersonRef:
    person = await ctx.get(people).find(user_id)
    if person is None or not person.enabled:
        wrong = FieldProblem("/user_id", "Nobody with this id is let in.", "unknown_person")
        raise Invalid("There is no such person.", errors=[wrong])
    return person


async def _member(ctx: Context, project_id: UUID, member_id: UUID) -> tuple[Member, PersonRef]:
    await repository.find_to_change(ctx.db, project_id)
    member = await repository.find_member(ctx.db, project_id, member_id)
    person = await ctx.get(people).find(member.user_id) if member else None
    if member is None or person is None:
        raise NotFound("no such member")
    return member, person


def _refuse_for_owner(row: Project, member: Member) -> None:
    if row.owner_id == member.user_id:
        raise OwnerStays("name another owner first")


def _told(
    type: EventType, row: Project, person: PersonRef, *, before: str = "", after: str = ""
) -> Event:
    return type(
        lifecycle.target(row),
        project_id=row.id,
        user_id=str(person.id),
        user_name=person.title,
        before=before,
        after=after,
    )


def _view(row: Project, member: Member, person: PersonRef) -> MemberView:
    return MemberView(
        id=member.id,
        version=member.version,
        created_at=member.created_at,
        updated_at=member.updated_at,
        user_id=person.id,
        name=person.title,
        email=person.email,
        kind=person.kind,
        enabled=person.enabled,
        role=member.role,
        answers=row.owner_id == person.id,
    )
