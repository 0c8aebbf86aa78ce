/** Name and description; values are replaced elsewhere. */
import { SchemaForm, isProblem, useHost, useLeaveGuard, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential } from './types';

type EditCredentialProps = { credential: Credential; etag: string | null; onDone: () => void };

export function EditCredential({ credential, etag, onDone }: EditCredentialProps) {
  const { api, ui } = useHost();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const handleSubmit = async (values: Record<string, unknown>) => {
    try {
      await api.send('PATCH', `/${credential.id}`, values, { ifMatch: etag ?? `"${credential.version}"` });
    } catch (error) {
      if (isProblem(error) && error.status === 412) void refresh(); // so that the next try has the newer version
      throw error;
    }
    guard(false);
    await refresh();
    ui.toast({ text: t('saved', { name: credential.name }), kind: 'good' });
    onDone();
  };
  return (
    <SchemaForm
      spec={{
        submit: t('save'),
        schema: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string', title: t('name'), minLength: 1, maxLength: 200 },
            description: { type: 'string', title: t('description'), default: '', maxLength: 4000, 'x-ui': { widget: 'textarea' } },
          },
        },
      }}
      value={{ name: credential.name, description: credential.description }}
      onSubmit={handleSubmit}
      onCancel={onDone}
      onDirty={guard}
    />
  );
}
