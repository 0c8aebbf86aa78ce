"""The table of the schema ``hello``."""

from sqlalchemy.orm import DeclarativeBase, Mapped

from foundation.sdk import VersionedRow, metadata_for


class Base(DeclarativeBase):
    """Everything here lies in the plugin's own schema."""

    metadata = metadata_for("hello")


class Note(VersionedRow, Base):
    """A short text with a title; id, version and two times come with `VersionedRow`."""

    __tablename__ = "notes"

    title: Mapped[str]
    body: Mapped[str]
