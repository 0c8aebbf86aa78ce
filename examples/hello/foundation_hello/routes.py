"""The routes of ``/api/hello``; a plugin that grows moves its work to a ``service``."""

from uuid import UUID

from sqlalchemy import select

from foundation.sdk import Context, NotFound, Page, Router, Target, keyset
from foundation_hello import events
from foundation_hello.models import Note
from foundation_hello.permissions import READ, WRITE
from foundation_hello.schemas import NewNote, Notes, NoteView

hello = Router("hello")


@hello.get("/", needs=READ)
async def list_notes(ctx: Context, query: Notes) -> Page[NoteView]:
    """List notes, newest first."""
    by = (Note.created_at, Note.id)
    rows, following = await keyset(
        ctx.db, select(Note), by=by, descending=True, limit=query.limit, cursor=query.cursor
    )
    return Page(items=[NoteView.model_validate(row) for row in rows], next=following)


@hello.post("/", needs=WRITE, status=201)
async def write_note(ctx: Context, body: NewNote) -> NoteView:
    """Write a note."""
    row = Note(title=body.title, body=body.body)
    ctx.db.add(row)
    await ctx.db.flush()  # the event needs the id
    ctx.record(events.WRITTEN(_target(row)))
    return NoteView.model_validate(row)


@hello.get("/{id}", needs=READ)
async def get_note(ctx: Context, id: UUID) -> NoteView:
    """Return one note."""
    return NoteView.model_validate(await _existing(ctx, id))


@hello.delete("/{id}", needs=WRITE)
async def delete_note(ctx: Context, id: UUID) -> None:
    """Delete a note."""
    row = await _existing(ctx, id)
    ctx.record(events.DELETED(_target(row)))
    await ctx.db.delete(row)


async def _existing(ctx: Context, id: UUID) -> Note:
    row = await ctx.db.get(Note, id)
    if row is None:
        raise NotFound("no such note")
    return row


def _target(row: Note) -> Target:
    return Target("note", str(row.id), row.title)
