"""The route of ``/api/live``: one line of policy, one line of work."""

from foundation.auth.permissions import SignedIn
from foundation.builtin.live.schemas import LiveQuery
from foundation.builtin.live.sight import Sight
from foundation.http.context import Context
from foundation.http.reply import Stream
from foundation.http.router import Router
from foundation.ports import live as live_port

live = Router("live")


@live.stream("/", needs=SignedIn("each topic has its own right; one refused is left out"))
async def follow(ctx: Context, query: LiveQuery) -> Stream:
    """Follow topics: ``text/event-stream``, going on after ``Last-Event-ID``.

    Each event is JSON with *topic*, *type* and *data*. A topic says *changed*; ``audit`` and
    ``runs.run:<id>`` also tell what came, so that nothing is missed after a break.
    """
    topics = list(dict.fromkeys(query.topics.split(",")))
    streams, sees = ctx.get(live_port), Sight(ctx)
    return Stream(await streams.open(ctx.principal, topics, query.after, sees=sees))
