/** Asks why before a secret value leaves the server. */
import { type SyntheticEvent, useState } from 'react';

import { Button, Dialog, Field, FormProblem, TextInput, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential } from './types';

export type RevealPurpose = 'show' | 'copy';
type RevealDialogProps = {
  credential: Credential;
  field: string;
  label: string;
  purpose: RevealPurpose;
  onValue: (value: string) => void;
  onClose: () => void;
};

const LEAST = 3;

export function RevealDialog({ credential, field, label, purpose, onValue, onClose }: RevealDialogProps) {
  const { api } = useHost();
  const refresh = useRefresh();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [missing, setMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const stem = purpose === 'show' ? 'reveal' : 'copy';

  const handleSubmit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (busy) return;
    setMissing(reason.trim().length < LEAST);
    if (reason.trim().length < LEAST) return;
    setBusy(true);
    setError(null);
    try {
      const { value } = await api.send<{ value: string }>('POST', `/${credential.id}/reveal`, { field, reason: reason.trim() });
      onValue(value);
      void refresh();
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <Dialog title={t(`${stem}.title`, { field: label, name: credential.name })} onClose={onClose}>
      <p>{t(`${stem}.body`)}</p>
      <form className="f-form" noValidate onSubmit={(event) => void handleSubmit(event)}>
        {error !== null && <FormProblem error={error} />}
        <Field label={t('reason')} hint={t('reason.hint')} error={missing ? t('reason.missing') : undefined} required>
          {(ids) => <TextInput {...ids} value={reason} maxLength={500} autoComplete="off" onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <div className="f-form-actions">
          <Button type="submit" variant="primary" busy={busy}>{purpose === 'show' ? t('reveal') : t('copy.go')}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
