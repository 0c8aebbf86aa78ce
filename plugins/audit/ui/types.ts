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
  project_id: string | null;
  detail: Record<string, unknown>;
  erased: boolean;
  installed?: boolean;
};
export type EventType = { name: string; version: number; title: string; plugin: string; severity: string };
export type Standing = {
  epoch: number;
  size: number;
  note: string | null;
  signed_at: string | null;
  waiting: number;
  waiting_since: string | null;
  broken: string | null;
};
export type Proof = { event_id: string; leaf_index: number; size: number; holds: boolean; text: string };
export type Taken = { name: string; media_type: string; content: string; events: number; complete: boolean };
