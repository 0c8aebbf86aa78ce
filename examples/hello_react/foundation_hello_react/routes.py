"""The one route of ``/api/hello-react``, for the page to ask."""

from datetime import datetime

from foundation.sdk import Context, Router, View
from foundation_hello_react.permissions import READ

hello_react = Router("hello-react")


class Greeting(View):
    """A greeting, and the server's time when it was said."""

    text: str
    said_at: datetime


@hello_react.get("/greeting", needs=READ)
async def greet(ctx: Context) -> Greeting:
    """Greet whoever asks, by name."""
    return Greeting(text=f"Hello, {ctx.principal.name}", said_at=ctx.clock.now())
