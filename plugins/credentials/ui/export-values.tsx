/** One credential out of this deployment, in a bundle under a passphrase. */
import { useState } from 'react';

import { CopyButton, SchemaForm, useHost, useLeaveGuard } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential } from './types';

type ExportValuesProps = { credential: Credential; onDone: () => void };

export function ExportValues({ credential, onDone }: ExportValuesProps) {
  const { api } = useHost();
  const guard = useLeaveGuard();
  const [bundle, setBundle] = useState<string | null>(null);
  const handleSubmit = async (values: Record<string, unknown>) => {
    const made = await api.send<{ bundle: string }>('POST', '/export', { ...values, slugs: [credential.slug] });
    guard(false);
    setBundle(made.bundle);
  };
  if (bundle !== null) {
    return (
      <section aria-label={t('export')}>
        <p>{t('export.made')}</p>
        <div className="cr-shown"><code>{bundle}</code><CopyButton text={bundle} what={t('export.bundle')} /></div>
      </section>
    );
  }
  return (
    <>
      <p className="f-meta">{t('export.about')}</p>
      <SchemaForm
        spec={{
          submit: t('export.go'),
          schema: {
            type: 'object',
            required: ['passphrase', 'reason'],
            properties: {
              passphrase: { type: 'string', title: t('passphrase'), description: t('export.passphrase'), minLength: 12, writeOnly: true, 'x-ui': { widget: 'secret' } },
              reason: { type: 'string', title: t('reason'), description: t('reason.hint'), minLength: 3, maxLength: 500 },
            },
          },
        }}
        onSubmit={handleSubmit}
        onCancel={onDone}
        onDirty={guard}
      />
    </>
  );
}
