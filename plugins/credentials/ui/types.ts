/** What /api/creds answers. */
import type { JsonSchema } from '@foundation/sdk';

export type FieldView = { set: boolean; secret: boolean; value: string | null; broken: boolean; version: number | null; updated_at: string | null };
export type Use = { plugin: string; ref: string; title: string };
export type Due = 'expired' | 'expiring' | 'rotate' | 'rotate_soon';
export type Credential = {
  id: string;
  slug: string;
  name: string;
  kind: string;
  description: string;
  fields: Record<string, FieldView>;
  used_by: Use[];
  granted: string[];
  values_version: number;
  tags: string[];
  notes: string;
  reveal: 'allowed' | 'never';
  expires_at: string | null;
  block_expired: boolean;
  rotate_every: number | null;
  rotate_by: string | null;
  due: Due | null;
  deleted_at: string | null;
  kept_until: string | null;
  version: number;
  created_at: string;
  updated_at: string;
};
export type Kind = { kind: string; title: string; schema: JsonSchema };
export type Version = { version: number; made_at: string; made_by: string; restored_from: number | null; fields: string[]; holds: boolean };
export type Grant = { plugin: string; granted_at: string; granted_by: string };
export type TestResult = { result: 'ok' | 'refused' | 'unreachable' | 'timeout' | 'insecure' | 'not_allowed' | 'failed' | 'untested' | 'driver_missing'; milliseconds: number; mend: string };
export type KeyView = { kid: string; fingerprint: string; state: 'active' | 'pending' | 'superseded' | 'retired'; values: number; created_at: string };
export type Keys = { keys: KeyView[]; processes: { name: string; kids: string[]; active: string }[] };
export type Health = { parts: { name: string; ok: boolean; detail: string | null }[] };
