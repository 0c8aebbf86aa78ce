"""The route of ``/api/feed``."""

from sqlalchemy import select

from foundation.sdk import Context, Page, Router, keyset
from foundation_feed.models import Row
from foundation_feed.permissions import READ
from foundation_feed.schemas import Rows, RowView

feed = Router("feed")


@feed.get("/", needs=READ)
async def list_rows(ctx: Context, query: Rows) -> Page[RowView]:
    """List rows, newest first."""
    by = (Row.number, Row.id)
    rows, following = await keyset(
        ctx.db, select(Row), by=by, descending=True, limit=query.limit, cursor=query.cursor
    )
    return Page(items=[RowView.model_validate(row) for row in rows], next=following)
