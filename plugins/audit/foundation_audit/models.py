"""The table of the schema ``audit``: what somebody keeps to look for again. The trail is core's."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.sdk import VersionedRow, core, metadata_for


class Base(DeclarativeBase):
    """Everything here lies in the plugin's own schema."""

    metadata = metadata_for("audit")


class SavedFilter(VersionedRow, Base):
    """Filters of the trail under a name, for one person alone; *query* is that of the page."""

    __tablename__ = "filters"
    __table_args__ = (UniqueConstraint("user_id", "name"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey(core.users.c.id, ondelete="CASCADE"))
    name: Mapped[str]
    query: Mapped[dict[str, str]] = mapped_column(JSONB)
