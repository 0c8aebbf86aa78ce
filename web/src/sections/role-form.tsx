/** The form of a custom role; before a change is sent, it shows what its people gain and lose. */
import { type SyntheticEvent, useState } from 'react';

import type { Matrix, RoleItem, RolePreview } from '@/api/identity-wire';
import { newKey } from '@/api/new-key';
import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { TextInput } from '@/ui/controls';
import { useRefresh } from '@/ui/data';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { FormProblem } from '@/ui/form-problem';
import { useHost } from '@/ui/host-context';
import { DifferenceList } from './difference-list';
import { PermissionPicker } from './permission-picker';

type RoleFormProps = { role: RoleItem | undefined; matrix: Matrix; onDone: () => void };

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])$/;
const slugOf = (title: string) => title.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').slice(0, 40).replace(/^-+|-+$/g, '');

export function RoleForm({ role, matrix, onDone }: RoleFormProps) {
  const { api, ui, me } = useHost();
  const refresh = useRefresh();
  const [title, setTitle] = useState(role?.title ?? '');
  const [typed, setTyped] = useState<string | null>(role?.name ?? null);
  const [about, setAbout] = useState(role?.description ?? '');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(role?.permissions ?? []));
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const [preview, setPreview] = useState<RolePreview | null>(null);
  const name = typed ?? slugOf(title);
  const all = matrix.plugins.flatMap((plugin) => plugin.permissions);
  const offered = all.filter((permission) => me.can.includes(permission.name) || chosen.has(permission.name));
  const named = (names: string[]) => all.filter((permission) => names.includes(permission.name));

  const attempt = async (work: () => Promise<void>) => {
    setBusy(true);
    setFailure(null);
    try {
      await work();
    } catch (error) {
      setPreview(null);
      setFailure(error);
    }
    setBusy(false);
  };
  const handleSubmit = (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || title.trim() === '' || !SLUG.test(name) || chosen.size === 0) return;
    void attempt(async () => setPreview(await api.send<RolePreview>('POST', '/roles/preview', { permissions: [...chosen], ...(role ? { name: role.name } : {}) })));
  };
  const handleSave = () => void attempt(async () => {
    const body = { title: title.trim(), description: about, permissions: [...chosen] };
    if (role) await api.send('PATCH', `/roles/${encodeURIComponent(role.name)}`, body, { ifMatch: `"${role.version ?? 0}"` });
    else await api.send('POST', '/roles', { ...body, name }, { idempotencyKey: newKey() });
    await refresh();
    ui.toast({ text: t('resource.saved', { name: body.title }), kind: 'good' });
    onDone();
  });
  const details = isProblem(failure) ? (failure.problem.errors ?? []).map((bad) => bad.detail) : [];
  return (
    <form className="f-form" noValidate onSubmit={handleSubmit}>
      {failure !== null && <FormProblem error={failure} details={details} />}
      <Field label={t('roles.name')} required error={tried && title.trim() === '' ? t('form.required') : undefined}>
        {(ids) => <TextInput {...ids} value={title} maxLength={100} autoComplete="off" onChange={(event) => setTitle(event.target.value)} />}
      </Field>
      <Field label={t('roles.slug')} hint={t('roles.slug.hint')} required error={tried && !SLUG.test(name) ? t('form.slug') : undefined}>
        {(ids) => <TextInput {...ids} mono value={name} disabled={role !== undefined} maxLength={40} autoComplete="off" onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <Field label={t('roles.description')} optional>
        {(ids) => <TextInput {...ids} value={about} maxLength={400} autoComplete="off" onChange={(event) => setAbout(event.target.value)} />}
      </Field>
      <PermissionPicker legend={t('roles.permissions')} permissions={offered} chosen={chosen} onChange={setChosen} error={tried && chosen.size === 0 ? t('roles.permissions.none') : undefined} />
      <div className="f-form-actions">
        <Button type="submit" variant="primary" busy={busy && preview === null}>{t('roles.review')}</Button>
        <Button onClick={onDone}>{t('cancel')}</Button>
      </div>
      {preview && (
        <Dialog
          title={t('roles.preview', { name: title })}
          alert
          onClose={() => setPreview(null)}
          footer={(
            <>
              <Button variant="primary" busy={busy} onClick={handleSave}>{t('roles.save')}</Button>
              <Button onClick={() => setPreview(null)}>{t('cancel')}</Button>
            </>
          )}
        >
          <p>{t('roles.people', { n: preview.people })}</p>
          <DifferenceList difference={{ gains: named(preview.gains), loses: named(preview.loses) }} />
        </Dialog>
      )}
    </form>
  );
}
