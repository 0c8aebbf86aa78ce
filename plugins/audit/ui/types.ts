/** What /api/audit answers. */
export type Outcome = 'success' | 'failure' | 'denied' | 'error';
export type AuditEvent = {
  id: string;
  occurred_at: string;
  type: string;
  title: string;
  plugin: string;
  severity: string;
  actor: { type: string; id: string | null; name: string };
  target: { type: string; id: string; title: string } | null;
  outcome: string;
  reason: string | null;
  request_id: string;
  detail: Record<string, unknown>;
};
export type EventType = { name: string; version: number; title: string; plugin: string; severity: string };
