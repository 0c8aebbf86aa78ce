"""The table of the schema ``projects``."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.sdk import VersionedRow, core, metadata_for


class Base(DeclarativeBase):
    """Everything here lies in the plugin's own schema."""

    metadata = metadata_for("projects")


class Project(VersionedRow, Base):
    """Something a team works on; archived ones are kept and change no more."""

    __tablename__ = "projects"
    __table_args__ = (CheckConstraint("status IN ('active', 'archived')", "status"),)

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str]
    status: Mapped[str]
    owner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(core.users.c.id, ondelete="SET NULL"), index=True
    )


Index("ix_projects_name_id", Project.name, Project.id)
Index("ix_projects_created_at_id", Project.created_at, Project.id)
