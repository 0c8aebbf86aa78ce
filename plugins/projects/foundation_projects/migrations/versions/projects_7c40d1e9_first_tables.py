"""The first table of projects."""

import sqlalchemy as sa
from alembic import op

revision = "projects_7c40d1e9"
down_revision = None
branch_labels = None
depends_on = None
one_way = "taking it back would drop every project"

OWN = "projects"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("slug", sa.String, nullable=False),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("description", sa.String, nullable=False),
        sa.Column("status", sa.String, nullable=False),
        sa.Column("owner_id", sa.Uuid),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_projects")),
        sa.UniqueConstraint("slug", name=op.f("uq_projects_slug")),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["foundation.users.id"],
            name=op.f("fk_projects_owner_id"),
            ondelete="SET NULL",
        ),
        sa.CheckConstraint("status IN ('active', 'archived')", name=op.f("ck_projects_status")),
        schema=OWN,
    )
    op.create_index("ix_projects_name_id", "projects", ["name", "id"], schema=OWN)
    op.create_index("ix_projects_created_at_id", "projects", ["created_at", "id"], schema=OWN)
    op.create_index("ix_projects_owner_id", "projects", ["owner_id"], schema=OWN)
    op.execute("SELECT foundation.guard_table('projects.projects')")
