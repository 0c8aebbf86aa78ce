"""Roles for a deployment that runs its service apart from its owner: the SQL that sets them up.

With one role for everything only triggers keep the trail from being changed, and the role that
owns a table can switch its triggers off. The tree shows that afterwards; roles prevent it.
"""

AUDIT, APP = "foundation_audit", "foundation_app"

ROLES_SQL = """\
-- Run as the owner of the database, after each `foundation db upgrade`. Then:
--   GRANT foundation_app TO <the role of the service>;     it owns nothing
--   GRANT foundation_audit TO <the role that migrates>;    it also erases and prunes
DO $$
DECLARE thing text; space text;
BEGIN
    FOREACH thing IN ARRAY '{foundation_audit,foundation_app}'::text[] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = thing) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', thing);
        END IF;
    END LOOP;
    GRANT USAGE, CREATE ON SCHEMA foundation TO foundation_audit;
    FOR space IN SELECT nspname FROM pg_namespace
                 WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema' LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO foundation_app', space);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I '
                       'TO foundation_app', space);
        EXECUTE format('GRANT USAGE ON ALL SEQUENCES IN SCHEMA %I TO foundation_app', space);
    END LOOP;
    FOR thing IN SELECT c.oid::regclass::text FROM pg_class c
                 WHERE c.relnamespace = 'foundation'::regnamespace
                   AND c.relkind IN ('r', 'p') AND c.relname LIKE 'audit\\_%' LOOP
        EXECUTE format('ALTER TABLE %s OWNER TO foundation_audit', thing);
        EXECUTE format('REVOKE ALL ON %s FROM foundation_app', thing);
    END LOOP;
    FOR thing IN SELECT p.oid::regprocedure::text FROM pg_proc p
                 WHERE p.pronamespace = 'foundation'::regnamespace
                   AND (p.proname LIKE 'audit\\_%' OR p.proname = 'mark_audited') LOOP
        EXECUTE format('ALTER FUNCTION %s OWNER TO foundation_audit', thing);
    END LOOP;
END $$;
ALTER FUNCTION foundation.mark_audited() SECURITY DEFINER;
ALTER FUNCTION foundation.audit_add_month(date) SECURITY DEFINER;
GRANT SELECT, INSERT ON foundation.audit_log TO foundation_app;
GRANT SELECT, DELETE ON foundation.audit_pending TO foundation_app;
GRANT SELECT, INSERT ON foundation.audit_leaves, foundation.audit_epochs TO foundation_app;
GRANT SELECT, INSERT, UPDATE (hashes) ON foundation.audit_tiles TO foundation_app;
GRANT SELECT, INSERT, UPDATE (note, signed_at) ON foundation.audit_checkpoints TO foundation_app;
GRANT SELECT, INSERT, UPDATE ON foundation.audit_sinks TO foundation_app;
GRANT SELECT, INSERT ON foundation.audit_stamps TO foundation_app;
"""

ONE_ROLE = """
    SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_catalog.pg_class c
    WHERE c.oid = 'foundation.audit_log'::regclass
"""
"""Whether the present role could switch off the triggers that keep the trail."""
