"""The audit trail that only grows, and the guard that refuses a change without its event."""

from alembic import op

revision = "foundation_1b7e00d5"
down_revision = "foundation_0a51c0de"
branch_labels = None
depends_on = None
one_way = "taking it back would leave the audit trail open to changes"


def upgrade() -> None:
    for statement in (*APPEND_ONLY, *GUARD):
        op.execute(statement)
    op.execute("SELECT foundation.guard_table('foundation.users', ignoring => '{last_seen_at}')")
    op.execute("SELECT foundation.guard_table('foundation.user_roles')")
    op.execute("SELECT foundation.guard_table('foundation.plugins', watching => '{enabled}')")


# ENABLE ALWAYS: without it a superuser's `session_replication_role = replica` would pass.
APPEND_ONLY = (
    """
    CREATE FUNCTION foundation.refuse_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
        RAISE EXCEPTION USING ERRCODE = 'FND02',
            MESSAGE = format('%s of %I.%I is refused',
                             TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME);
    END $$
    """,
    """
    CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON foundation.audit_log
    FOR EACH ROW EXECUTE FUNCTION foundation.refuse_change()
    """,
    """
    CREATE TRIGGER no_truncate BEFORE TRUNCATE ON foundation.audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.refuse_change()
    """,
    "ALTER TABLE foundation.audit_log ENABLE ALWAYS TRIGGER append_only",
    "ALTER TABLE foundation.audit_log ENABLE ALWAYS TRIGGER no_truncate",
    # The one row that names this deployment is there; there is never another.
    """
    CREATE TRIGGER only_one BEFORE INSERT OR UPDATE OR DELETE ON foundation.deployment
    FOR EACH ROW EXECUTE FUNCTION foundation.refuse_change()
    """,
)

GUARD = (
    # The setting is local to the transaction, and a savepoint rolled back takes it back too.
    """
    CREATE FUNCTION foundation.mark_audited() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
        IF EXISTS (SELECT FROM added) THEN
            PERFORM set_config('foundation.audited', pg_current_xact_id()::text, true);
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE TRIGGER mark_audited AFTER INSERT ON foundation.audit_log
    REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION foundation.mark_audited()
    """,
    "ALTER TABLE foundation.audit_log ENABLE ALWAYS TRIGGER mark_audited",
    """
    CREATE FUNCTION foundation.require_audit() RETURNS trigger
    LANGUAGE plpgsql SET search_path = '' AS $$
    BEGIN
        IF current_setting('foundation.audited', true)
           IS DISTINCT FROM pg_current_xact_id()::text THEN
            RAISE EXCEPTION USING ERRCODE = 'FND01',
                MESSAGE = format('%I.%I changed without an audit event',
                                 TG_TABLE_SCHEMA, TG_TABLE_NAME),
                HINT = 'Record an event in the same transaction.';
        END IF;
        RETURN NULL;
    END $$
    """,
    # Deferred, so the order of event and change within a transaction is free.
    """
    CREATE FUNCTION foundation.guard_table(
        target regclass, ignoring text[] DEFAULT NULL, watching text[] DEFAULT NULL
    ) RETURNS void LANGUAGE plpgsql SET search_path = '' AS $$
    DECLARE
        changed text := 'OLD.* IS DISTINCT FROM NEW.*';
        trigger_sql constant text :=
            'CREATE CONSTRAINT TRIGGER %I AFTER %s ON %s DEFERRABLE INITIALLY DEFERRED '
            'FOR EACH ROW %s EXECUTE FUNCTION foundation.require_audit()';
    BEGIN
        IF watching IS NOT NULL THEN
            SELECT string_agg(format('OLD.%1$I IS DISTINCT FROM NEW.%1$I', name), ' OR ')
            INTO changed FROM unnest(watching) AS name;
        ELSIF ignoring IS NOT NULL THEN
            changed := format('to_jsonb(OLD) - %1$L::text[] IS DISTINCT FROM '
                              'to_jsonb(NEW) - %1$L::text[]', ignoring);
        END IF;
        EXECUTE format(trigger_sql, 'audited_update', 'UPDATE', target,
                       format('WHEN (%s)', changed));
        IF watching IS NULL THEN
            EXECUTE format(trigger_sql, 'audited_rows', 'INSERT OR DELETE', target, '');
        END IF;
        EXECUTE format('CREATE TRIGGER no_truncate BEFORE TRUNCATE ON %s '
                       'FOR EACH STATEMENT EXECUTE FUNCTION foundation.refuse_change()', target);
    END $$
    """,
    """
    COMMENT ON FUNCTION foundation.guard_table IS
    'Refuse, at commit, changes of a table without an audit event in the same transaction'
    """,
)
