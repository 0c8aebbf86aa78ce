/** What /api/creds answers. */
import type { JsonSchema } from '@foundation/sdk';

export type FieldView = { set: boolean; secret: boolean; value: string | null; version: number | null; updated_at: string | null };
export type Use = { plugin: string; ref: string; title: string };
export type Credential = {
  id: string;
  slug: string;
  name: string;
  kind: string;
  description: string;
  fields: Record<string, FieldView>;
  used_by: Use[];
  version: number;
  created_at: string;
  updated_at: string;
};
export type Kind = { kind: string; title: string; schema: JsonSchema };
