"""What this section takes and answers; the shell draws its forms from these."""

from typing import Annotated

from pydantic import Field

from foundation.sdk import Name, PageQuery, Request, Text, Versioned


class NewNote(Request):
    """A note as somebody writes it."""

    title: Annotated[Name, Field(title="Title")]
    body: Annotated[
        Text, Field(title="Text", json_schema_extra={"x-ui": {"widget": "textarea"}})
    ] = ""


class Notes(PageQuery):
    """Which notes to list."""


class NoteView(Versioned):
    """A note."""

    title: str
    body: str
