"""Alembic's way in, the same for every owner: one schema, one version table, one transaction."""

from alembic import context

from foundation.db.step import Step

step: Step = context.config.attributes["step"]

context.configure(
    connection=step.connection,
    target_metadata=step.owner.metadata,
    version_table_schema=step.owner.id,
    include_schemas=True,
    include_name=step.includes_name,
    include_object=step.includes_object,
)
with context.begin_transaction():
    step.enter()
    context.run_migrations()
    step.leave()
