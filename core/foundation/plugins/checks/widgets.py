"""Checks of the hook ``widgets``: names, a function that is asked, a right, an address."""

import inspect
import re
from collections.abc import Iterator, Sequence
from typing import get_args

from foundation.auth.permissions import Permission, SignedIn
from foundation.plugins.contributions import Size, Widget

KEY = re.compile(r"^[a-z][a-z0-9_]{0,39}$")
PATH = re.compile(r"^/(?!/)\S*$")


def widget_problems(widgets: Sequence[Widget], *, permissions: set[str]) -> list[str]:
    """Return what is wrong with the widgets of a plugin."""
    keys = [widget.key for widget in widgets]
    problems = [
        f"widget {key!r} is declared twice"
        for key in sorted({key for key in keys if keys.count(key) > 1})
    ]
    for widget in widgets:
        problems += [f"widget {widget.key!r} {wrong}" for wrong in _problems(widget, permissions)]
    return problems


def _problems(widget: Widget, permissions: set[str]) -> Iterator[str]:
    if not KEY.match(widget.key):
        yield "is not named in lower case"
    if not 1 <= len(widget.title) <= 60:
        yield "has a title that is empty or longer than 60 letters"
    if not inspect.iscoroutinefunction(widget.look):
        yield "looks with something that is no async function"
    if widget.size not in get_args(Size):
        yield f"has the size {widget.size!r}; there are s, m and l"
    if widget.to and not PATH.match(widget.to):
        yield f"leads to {widget.to!r}, which is no address here"
    needs: object = widget.needs  # a plugin may have silenced its type checker
    if isinstance(needs, Permission):
        if needs.name not in permissions:
            yield f"needs {needs.name!r}, which this plugin does not declare"
    elif not isinstance(needs, SignedIn):
        yield "does not say whom it is for"
