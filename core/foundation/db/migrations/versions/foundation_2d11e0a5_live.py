"""What wakes the pages that follow; and a delivery that died with its worker is none any more."""

from alembic import op

revision = "foundation_2d11e0a5"
down_revision = "foundation_2e7a11c0"
branch_labels = None
depends_on = None

# A run that is queued while its delivery is taken has been taken a moment ago, or by a worker that
# died before it began. Another delivery is right for the second, and harmless for the first.
IS_DELIVERED = """
    CREATE OR REPLACE FUNCTION foundation.run_is_delivered(ref bigint)
    RETURNS boolean LANGUAGE sql STABLE SET search_path = procrastinate, pg_temp AS $$
        SELECT EXISTS (SELECT FROM procrastinate_jobs WHERE id = ref AND status IN ({states}))
    $$
"""

# A notification serialises the commits that carry one. The sealer is one for all workers and
# writes many events at once, so it wakes for them; no change waits for another.
UP = (
    """
    CREATE FUNCTION foundation.live_leaves() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE told record;
    BEGIN
        FOR told IN
            SELECT name, CASE WHEN count(*) > 50 THEN ARRAY['*'] ELSE array_agg(ref) END AS refs
            FROM (
                SELECT DISTINCT split_part(e.type, '.', 1) || '.' || split_part(e.type, '.', 2)
                                AS name,
                       left(coalesce(e.target_id, ''), 64) AS ref
                FROM added a JOIN foundation.audit_log e
                  ON e.occurred_at = a.occurred_at AND e.event_id = a.event_id
            ) each GROUP BY name
        LOOP
            PERFORM pg_notify('foundation_live',
                              told.name || CASE WHEN ref = '' THEN '' ELSE ':' || ref END)
            FROM unnest(told.refs) AS ref;
        END LOOP;
        PERFORM pg_notify('foundation_live', 'audit');
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER live AFTER INSERT ON foundation.audit_leaves
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION foundation.live_leaves()
    """,
    """
    CREATE FUNCTION foundation.live_run() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
        PERFORM pg_notify('foundation_live', 'runs.run:' || NEW.run_id);
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER live AFTER INSERT ON foundation.run_log_chunks
    FOR EACH ROW EXECUTE FUNCTION foundation.live_run()
    """,
    """
    CREATE TRIGGER live AFTER UPDATE OF progress ON foundation.run_attempts
    FOR EACH ROW EXECUTE FUNCTION foundation.live_run()
    """,
    IS_DELIVERED.format(states="'todo'"),
    """
    CREATE FUNCTION foundation.run_tidy()
    RETURNS bigint LANGUAGE sql SET search_path = procrastinate, pg_temp AS $$
        WITH gone AS (
            SELECT procrastinate_finish_job_v1(id, 'failed', true) FROM procrastinate_jobs
            WHERE status = 'doing' AND worker_id IS NULL AND task_name = 'foundation.execute'
        ) SELECT count(*) FROM gone
    $$
    """,
)
DOWN = (
    "DROP FUNCTION foundation.run_tidy()",
    IS_DELIVERED.format(states="'todo', 'doing'"),
    "DROP TRIGGER live ON foundation.run_attempts",
    "DROP TRIGGER live ON foundation.run_log_chunks",
    "DROP TRIGGER live ON foundation.audit_leaves",
    "DROP FUNCTION foundation.live_run()",
    "DROP FUNCTION foundation.live_leaves()",
)


def upgrade() -> None:
    for statement in UP:
        op.execute(statement)


def downgrade() -> None:
    for statement in DOWN:
        op.execute(statement)
