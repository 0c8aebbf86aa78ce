"""ETL, until there is one: keeps its place in the sidebar and says how to fill it."""

from collections.abc import Sequence

from foundation.sdk import Manifest, NavEntry, Placeholder, SignedIn, hook

manifest = Manifest(id="etl_stub", title="ETL placeholder", api=">=1.0,<2", owner="Foundation")


@hook
def navigation() -> Sequence[NavEntry]:
    """The section ETL; it steps back for a plugin that claims ``etl`` with a page."""
    return (
        NavEntry(
            section="etl",
            title="ETL",
            icon="workflow",
            needs=SignedIn("a placeholder shows nothing of anybody's"),
            page=Placeholder(
                body="Nothing here yet: this place is kept for a plugin that brings ETL.",
                install="pip install foundation-etl",
            ),
            group="data",
            weight=10,
        ),
    )
