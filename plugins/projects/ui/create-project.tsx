/** A new project, which belongs to whoever makes it. */
import { useState } from 'react';

import { Drawer, SchemaForm, newKey, useHost, useLeaveGuard, usePlace, useRefresh } from '@foundation/sdk/react';

import { NEW } from './forms';
import { t } from './t';
import type { Project } from './types';

type CreateProjectProps = { onClose: () => void };

export function CreateProject({ onClose }: CreateProjectProps) {
  const { api, route, ui } = useHost();
  const { query } = usePlace();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const [idempotencyKey] = useState(newKey);
  const handleSubmit = async (values: Record<string, unknown>) => {
    const made = await api.send<Project>('POST', '', values, { idempotencyKey });
    guard(false);
    await refresh();
    ui.toast({ text: t('created.toast', { name: made.name }), kind: 'good' });
    route.go(made.id, { query, replace: true });
  };
  return (
    <Drawer title={t('new')} closeHref={route.href('', query)} onClose={onClose}>
      <SchemaForm spec={{ schema: NEW, submit: t('create') }} onSubmit={handleSubmit} onCancel={onClose} onDirty={guard} />
    </Drawer>
  );
}
