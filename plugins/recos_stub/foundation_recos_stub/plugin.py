"""Recos, until there is one: keeps its place in the sidebar and says how to fill it."""

from collections.abc import Sequence

from foundation.sdk import Manifest, NavEntry, Placeholder, SignedIn, hook

manifest = Manifest(id="recos_stub", title="Recos placeholder", api=">=1.0,<2", owner="Foundation")


@hook
def navigation() -> Sequence[NavEntry]:
    """The section Recos; it steps back for a plugin that claims ``recos`` with a page."""
    return (
        NavEntry(
            section="recos",
            title="Recos",
            icon="scale",
            needs=SignedIn("a placeholder shows nothing of anybody's"),
            page=Placeholder(
                body="Nothing here yet: this place is kept for a plugin that brings Recos.",
                install="pip install foundation-recos",
            ),
            group="data",
            weight=20,
        ),
    )
