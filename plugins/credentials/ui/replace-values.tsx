/** New values for a credential; what is left empty stays as it is. */
import type { JsonSchema } from '@foundation/sdk';
import { SchemaForm, useHost, useLeaveGuard, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential, Kind } from './types';

type ReplaceValuesProps = { credential: Credential; kind: Kind; etag: string | null; onDone: () => void; onCancel?: () => void };

/** The kind's form with nothing required and no defaults: present plain values stand in their fields. */
function optional(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, field]): [string, JsonSchema] => {
    const { default: _default, minLength: _least, ...rest } = field;
    return [name, rest];
  });
  return { ...schema, type: 'object', required: [], properties: Object.fromEntries(properties) };
}

function plainValues({ fields }: Credential): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).flatMap(([name, field]) => (field.value === null ? [] : [[name, field.value]])));
}

export function ReplaceValues({ credential, kind, etag, onDone, onCancel = onDone }: ReplaceValuesProps) {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const before = plainValues(credential);
  const free = Object.keys(kind.schema.properties ?? {}).length === 0;
  const schema: JsonSchema = free
    ? { type: 'object', properties: { values: { ...kind.schema, type: 'object', title: kind.title } } }
    : optional(kind.schema);

  const handleSubmit = async (sent: Record<string, unknown>) => {
    const values = free ? sent['values'] : Object.fromEntries(Object.entries(sent).filter(([name, value]) => value !== before[name]));
    await api.send('PUT', `/${credential.id}/values`, { values }, { ifMatch: etag ?? `"${credential.version}"` });
    guard(false);
    await refresh();
    ui.toast({ text: t('replaced'), kind: 'good' });
    onDone();
  };
  return (
    <>
      <p className="f-meta">{t('replace.about')}</p>
      <SchemaForm spec={{ schema, submit: t('replace.go') }} value={before} prefix={free ? '' : '/values'} onSubmit={handleSubmit} onCancel={onCancel} onDirty={guard} />
    </>
  );
}
