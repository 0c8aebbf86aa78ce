"""The tables of the schema ``projects``: projects, and who is what in each."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from foundation.sdk import VersionedRow, core, metadata_for


class Base(DeclarativeBase):
    """Everything here lies in the plugin's own schema."""

    metadata = metadata_for("projects")


class Project(VersionedRow, Base):
    """Something a team works on; archived ones are kept and change no more.

    *owner_id* answers for it and is a member with the role of an owner, perhaps not the only one.
    """

    __tablename__ = "projects"
    __table_args__ = (CheckConstraint("status IN ('active', 'archived')", "status"),)

    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    description: Mapped[str]
    status: Mapped[str]
    tags: Mapped[list[str]] = mapped_column(JSONB, server_default=text("'[]'"))
    owner_id: Mapped[UUID | None] = mapped_column(
        ForeignKey(core.users.c.id, ondelete="SET NULL"), index=True
    )


Index("ix_projects_name_id", Project.name, Project.id)
Index("ix_projects_created_at_id", Project.created_at, Project.id)


class Member(VersionedRow, Base):
    """Somebody in a project, and what they may do there."""

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("project_id", "user_id"),
        CheckConstraint("role IN ('viewer', 'editor', 'owner')", "role"),
    )

    project_id: Mapped[UUID] = mapped_column(ForeignKey(Project.id, ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(
        ForeignKey(core.users.c.id, ondelete="CASCADE"), index=True
    )
    role: Mapped[str]
