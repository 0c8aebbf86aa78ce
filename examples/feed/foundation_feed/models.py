"""The table of the schema ``feed``."""

from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.sdk import VersionedRow, metadata_for


class Base(DeclarativeBase):
    """Everything here lies in the plugin's own schema."""

    metadata = metadata_for("feed")


class Row(VersionedRow, Base):
    """One row of the source; its number is the source's own."""

    __tablename__ = "rows"

    number: Mapped[int] = mapped_column(unique=True)
    text: Mapped[str]
