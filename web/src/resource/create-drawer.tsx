/** Makes a new row, then shows it. */
import { useState } from 'react';

import { newKey } from '@/api/new-key';
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { FormSpec, ResourceSpec } from '@/sdk/types';
import { useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { Drawer } from '@/ui/split-page';
import { type Row, readField, textOf } from './row';
import { SchemaForm } from './schema-form';
import type { Values } from './schema-validate';
import { useLeaveGuard } from './use-leave-guard';

type CreateDrawerProps = { spec: ResourceSpec; form: FormSpec; closeHref: string; onClose: () => void; onCreated: (id: string) => void };

export function CreateDrawer({ spec, form, closeHref, onClose, onCreated }: CreateDrawerProps) {
  const host = useHost();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const [idempotencyKey] = useState(newKey);
  const title = t('resource.new', { what: said(spec.name) });
  const handleSubmit = async (values: Values) => {
    const row = await host.api.send<Row>('POST', spec.path, values, { idempotencyKey });
    guard(false);
    await refresh();
    host.ui.toast({ text: t('resource.created', { name: textOf(readField(row, spec.titleField)) }), kind: 'good' });
    onCreated(textOf(readField(row, spec.key)));
  };
  return (
    <Drawer title={title} closeHref={closeHref} onClose={onClose}>
      <SchemaForm spec={{ submit: t('resource.create', { what: said(spec.name) }), ...form }} onSubmit={handleSubmit} onCancel={onClose} onDirty={guard} />
    </Drawer>
  );
}
