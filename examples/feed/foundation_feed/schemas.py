"""What this section answers, and what its job is given."""

from typing import Annotated

from pydantic import BaseModel, Field

from foundation.sdk import PageQuery, Versioned


class Rows(PageQuery):
    """Which rows to list."""


class RowView(Versioned):
    """A row."""

    number: int
    text: str


class PullParams(BaseModel):
    """How much to pull; the form to start a pull is drawn from this."""

    rows: Annotated[int, Field(ge=1, le=100_000, title="Rows")] = 100
    batch: Annotated[int, Field(ge=1, le=1_000, title="Rows in one transaction")] = 10
    pause_ms: Annotated[int, Field(ge=0, le=10_000, title="Pause between batches, in ms")] = 100
