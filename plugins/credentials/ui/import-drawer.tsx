/** Credentials from elsewhere: a bundle, a .env file, or connections of Airflow. */
import type { FormSpec } from '@foundation/sdk';
import { Drawer, SchemaForm, useHost, useLeaveGuard, usePlace, useRefresh } from '@foundation/sdk/react';

import { t } from './t';

type ImportDrawerProps = { onClose: () => void };

function spec(): FormSpec {
  const forms = (['bundle', 'env', 'airflow'] as const).map((form) => ({ const: form, title: t(`import.${form}`) }));
  return {
    submit: t('import.go'),
    schema: {
      type: 'object',
      required: ['form', 'content'],
      properties: {
        form: { type: 'string', title: t('import.form'), oneOf: forms, default: 'bundle' },
        content: { type: 'string', title: t('import.content'), writeOnly: true, 'x-ui': { widget: 'secret', multiline: true } },
        passphrase: { type: 'string', title: t('passphrase'), description: t('import.passphrase'), writeOnly: true, 'x-ui': { widget: 'secret' } },
        slug: { type: 'string', title: t('slug'), description: t('import.slug') },
      },
    },
  };
}

export function ImportDrawer({ onClose }: ImportDrawerProps) {
  const { api, route, ui } = useHost();
  const { query } = usePlace();
  const refresh = useRefresh();
  const guard = useLeaveGuard();
  const handleSubmit = async (values: Record<string, unknown>) => {
    const { created, taken } = await api.send<{ created: string[]; taken: string[] }>('POST', '/import', values);
    guard(false);
    await refresh();
    const left = taken.length === 0 ? '' : ` ${t('import.taken', { list: taken.join(', ') })}`;
    ui.toast({ text: t('import.done', { n: created.length }) + left, kind: created.length > 0 ? 'good' : 'info' });
    onClose();
  };
  return (
    <Drawer title={t('import')} closeHref={route.href('', query)} onClose={onClose}>
      <SchemaForm spec={spec()} onSubmit={handleSubmit} onCancel={onClose} onDirty={guard} />
    </Drawer>
  );
}
