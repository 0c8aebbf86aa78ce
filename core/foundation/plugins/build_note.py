"""What the build of a page wrote down in ``ui.json``; a page written by hand has no such file."""

from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

BUILD_NOTE = "ui.json"


class BuildNote(BaseModel):
    """The files of a built page, what they import, and which of it is the shell's.

    *imports* is None where no build has listed them; they are then read from the files.
    """

    model_config: ClassVar[ConfigDict] = ConfigDict(frozen=True, strict=True, extra="ignore")

    ui_api: int | None = Field(default=None, alias="uiApi")
    modules: list[str] = []
    styles: list[str] = []
    imports: list[str] | None = None
    shared: dict[str, str] = {}


def read_build_note(directory: Path) -> tuple[BuildNote, list[str]]:
    """Return the note in *directory*, empty if there is none, and what is wrong with it."""
    path = directory / BUILD_NOTE
    if not path.is_file():
        return BuildNote(), []
    try:
        return BuildNote.model_validate_json(path.read_bytes()), []
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        told = f"{where}: {first['msg']}" if where else first["msg"]
        return BuildNote(), [f"{BUILD_NOTE} cannot be read: {told}"]
