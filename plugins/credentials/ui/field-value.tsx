/** One field of a credential: a plain value as it is, a secret one as a mask of fixed length. */
import { useState } from 'react';

import { Badge, Button, CopyButton, Time, useHost } from '@foundation/sdk/react';

import { RevealDialog, type RevealPurpose } from './reveal-dialog';
import { Shown } from './shown';
import { t } from './t';
import type { Credential, FieldView } from './types';

type FieldValueProps = { credential: Credential; field: string; label: string; view: FieldView };

export function FieldValue({ credential, field, label, view }: FieldValueProps) {
  const { can, ui } = useHost();
  const [asking, setAsking] = useState<RevealPurpose | null>(null);
  const [shown, setShown] = useState<string | null>(null);

  if (!view.set) return <span className="f-none">{t('not_set')}</span>;
  if (!view.secret) return <><span>{view.value}</span> <CopyButton text={view.value ?? ''} what={label} /></>;

  const handleValue = async (value: string) => {
    setAsking(null);
    if (asking === 'show') {
      setShown(value);
      return;
    }
    const done = await ui.copy(value);
    ui.toast({ text: done ? t('copied', { field: label }) : t('copy.failed'), kind: done ? 'good' : 'bad' });
  };
  const mayReveal = can('credentials:secret:reveal') && credential.reveal === 'allowed';
  return (
    <>
      {shown === null ? (
        <div className="cr-secret">
          <span className="cr-mask" role="img" aria-label={t('masked')}>••••••••</span>
          {mayReveal && (
            <>
              <Button icon="eye" aria-label={t('reveal.of', { field: label })} onClick={() => setAsking('show')}>{t('reveal')}</Button>
              <Button variant="ghost" icon="copy" aria-label={t('copy.of', { field: label })} title={t('copy.of', { field: label })} onClick={() => setAsking('copy')} />
            </>
          )}
        </div>
      ) : <Shown value={shown} label={label} trail={`/s/audit?target=${credential.id}&type=credentials.secret.revealed`} onHide={() => setShown(null)} />}
      {view.broken && <Badge tone="bad">{t('broken')}</Badge>}
      {view.updated_at && <span className="f-meta">{t('set_at')} <Time iso={view.updated_at} /></span>}
      {asking !== null && <RevealDialog credential={credential} field={field} label={label} purpose={asking} onValue={(value) => void handleValue(value)} onClose={() => setAsking(null)} />}
    </>
  );
}
