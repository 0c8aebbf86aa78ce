"""Collect, until there is one: keeps its place in the sidebar and says how to fill it."""

from collections.abc import Sequence

from foundation.sdk import Manifest, NavEntry, Placeholder, SignedIn, hook

manifest = Manifest(
    id="collect_stub", title="Collect placeholder", api=">=1.0,<2", owner="Foundation"
)


@hook
def navigation() -> Sequence[NavEntry]:
    """The section Collect; it steps back for a plugin that claims ``collect`` with a page."""
    return (
        NavEntry(
            section="collect",
            title="Collect",
            icon="inbox",
            needs=SignedIn("a placeholder shows nothing of anybody's"),
            page=Placeholder(
                body="Nothing here yet: this place is kept for a plugin that brings Collect.",
                install="pip install foundation-collect",
            ),
            group="data",
            weight=30,
        ),
    )
