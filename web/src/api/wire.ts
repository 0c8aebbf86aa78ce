/** What core's own routes answer, as far as the shell reads it. */
export type UserView = {
  id: string;
  kind: 'user' | 'service';
  name: string;
  email: string;
  enabled: boolean;
  role: string | null;
  role_source: 'local' | 'idp' | null;
  issuer: string;
  owner_id: string | null;
  last_seen_at: string | null;
  created_at: string;
  version: number;
};
export type PluginView = {
  id: string;
  title: string;
  version: string;
  dist: string;
  state: string;
  reason: string | null;
  mend: string | null;
  trace: string | null;
  owner: string | null;
  docs: string | null;
  required: boolean;
  sections: string[];
  permissions: string[];
  refused: { part: string; reason: string }[];
  prefixes?: string[];
  events?: string[];
  since?: string | null;
  start_ms?: number;
  enabled?: boolean;
  allowed?: string | null;
  public?: { method: string; path: string; reason: string }[];
  tables?: { name: string; rows: number; exact?: boolean }[];
  quarantine?: { part: string; reason: string; since: string; probe_at: string }[];
  last_fault?: { at: string; fault: string; request_id: string } | null;
};
export type MeView = {
  id: string;
  name: string;
  email: string;
  roles: string[];
  can: string[];
  bootstrap: boolean;
  session: { public_id: string; auth_time: string; expires_at: string } | null;
};
export type HealthPart = { name: string; ok: boolean; detail?: string | null; required?: boolean };
export type DashboardTile = {
  key: string;
  title: string;
  value: number | string | null;
  tone?: 'neutral' | 'good' | 'warn' | 'bad' | 'info';
  detail?: string | null;
  to?: string | null;
};
export type AuditEvent = {
  id: string;
  occurred_at: string;
  type: string;
  title: string;
  actor: { type: string; id: string | null; name: string };
  target: { type: string; id: string | null; title: string | null } | null;
  outcome: string;
};
export type DashboardView = { tiles: DashboardTile[]; health: HealthPart[]; events: AuditEvent[] | null };
