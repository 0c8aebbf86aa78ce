/** The form of a new API token: a name, what it may do in plain words, and when it ends. */
import { type SyntheticEvent, useState } from 'react';

import type { NewToken, PermissionItem } from '@/api/identity-wire';
import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { Select, TextInput } from '@/ui/controls';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { FormProblem } from '@/ui/form-problem';
import { useHost } from '@/ui/host-context';
import { PermissionPicker } from './permission-picker';

type NewTokenDialogProps = { path: string; permissions: PermissionItem[]; onCreated: (token: NewToken) => void; onClose: () => void };

const DAYS = [7, 30, 90, 180, 366] as const;
const USUAL = 90;
/** A little less than whole days, so that the clock of this machine may run ahead of the server's. */
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 - 600_000).toISOString();

export function NewTokenDialog({ path, permissions, onCreated, onClose }: NewTokenDialogProps) {
  const { api } = useHost();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ReadonlySet<string>>(new Set());
  const [days, setDays] = useState(USUAL);
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const handleSubmit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || name.trim() === '' || scopes.size === 0) return;
    setBusy(true);
    setFailure(null);
    try {
      onCreated(await api.send<NewToken>('POST', path, { name: name.trim(), scopes: [...scopes], expires_at: inDays(days) }));
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  const details = isProblem(failure) ? (failure.problem.errors ?? []).map((bad) => bad.detail) : [];
  return (
    <Dialog title={t('tokens.new')} onClose={onClose} wide>
      <form className="f-form" noValidate onSubmit={(event) => void handleSubmit(event)}>
        {failure !== null && <FormProblem error={failure} details={details} />}
        <Field label={t('tokens.name')} hint={t('tokens.name.hint')} required error={tried && name.trim() === '' ? t('form.required') : undefined}>
          {(ids) => <TextInput {...ids} value={name} maxLength={100} autoComplete="off" onChange={(event) => setName(event.target.value)} />}
        </Field>
        <PermissionPicker legend={t('tokens.scopes')} permissions={permissions} chosen={scopes} onChange={setScopes} error={tried && scopes.size === 0 ? t('tokens.scopes.none') : undefined} />
        <Field label={t('tokens.expires')}>
          {(ids) => <Select {...ids} value={String(days)} options={DAYS.map((n) => ({ value: String(n), label: t('days', { n }) }))} onChange={(event) => setDays(Number(event.target.value))} />}
        </Field>
        <div className="f-form-actions">
          <Button type="submit" variant="primary" busy={busy}>{t('tokens.create')}</Button>
          <Button onClick={onClose}>{t('cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}
