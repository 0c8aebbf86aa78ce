"""Tags on projects, and their members: whoever owns a project is its first.

It only adds: code of before reads and writes these tables as it did.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "projects_a41be507"
down_revision = "projects_7c40d1e9"
branch_labels = None
depends_on = None
one_way = "taking it back would drop every membership"

OWN = "projects"
Time = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column(
        "projects",
        sa.Column("tags", JSONB, nullable=False, server_default=sa.text("'[]'")),
        schema=OWN,
    )
    op.create_table(
        "members",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("project_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("role", sa.String, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("created_at", Time, nullable=False, server_default=sa.func.now()),
        sa.Column("updated_at", Time, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_members")),
        sa.UniqueConstraint("project_id", "user_id", name=op.f("uq_members_project_id_user_id")),
        sa.ForeignKeyConstraint(
            ["project_id"],
            ["projects.projects.id"],
            name=op.f("fk_members_project_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["foundation.users.id"],
            name=op.f("fk_members_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("role IN ('viewer', 'editor', 'owner')", name=op.f("ck_members_role")),
        schema=OWN,
    )
    op.create_index("ix_members_user_id", "members", ["user_id"], schema=OWN)
    op.execute(
        "INSERT INTO projects.members (id, project_id, user_id, role, version) "
        "SELECT gen_random_uuid(), id, owner_id, 'owner', 1 FROM projects.projects "
        "WHERE owner_id IS NOT NULL"
    )
    op.execute("SELECT foundation.guard_table('projects.members')")
