/** One person's role, and how it is changed: what they gain and lose is shown before. */
import { useState } from 'react';

import type { UserView } from '@/api/wire';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { Select } from '@/ui/controls';
import { Dialog } from '@/ui/dialog';
import { useHost } from '@/ui/host-context';
import { useRunAction } from '@/ui/run-action';
import { Skeleton } from '@/ui/skeleton';
import { DifferenceList } from './difference-list';
import { differenceOf, roleTitle, useMatrix } from './use-matrix';

type UserRoleProps = { user: UserView };

export function UserRole({ user }: UserRoleProps) {
  const { api, can, me } = useHost();
  const run = useRunAction();
  const { value: matrix } = useMatrix();
  const [wanted, setWanted] = useState<string | null | undefined>(undefined); // undefined: nothing is asked
  const [busy, setBusy] = useState(false);
  const name = user.name || user.email;
  const say = (role: string | null) => (role === null ? t('role.none') : roleTitle(matrix, role));
  if (!can('accounts:user:write') || user.id === me.id) return <span title={user.id === me.id ? t('users.yourself') : undefined}>{say(user.role)}</span>;
  const handleChange = async (role: string | null) => {
    setBusy(true);
    await run(async () => {
      await api.send('PATCH', `/users/${user.id}`, { role }, { ifMatch: `"${user.version}"` });
      return t('users.changed', { name, role: say(role) });
    });
    setBusy(false);
    setWanted(undefined);
  };
  const options = (matrix?.roles ?? (user.role === null ? [] : [{ name: user.role, title: user.role }])).map((role) => ({ value: role.name, label: role.title }));
  return (
    <>
      <Select aria-label={t('users.role_of', { name })} value={user.role ?? ''} empty={t('role.none')} options={options} onChange={(event) => setWanted(event.target.value === '' ? null : event.target.value)} />
      {wanted !== undefined && (
        <Dialog
          title={t('users.change', { name, role: say(wanted) })}
          alert
          onClose={() => setWanted(undefined)}
          footer={(
            <>
              <Button variant={wanted === null ? 'danger' : 'primary'} busy={busy} onClick={() => void handleChange(wanted)}>{t('users.change.ok')}</Button>
              <Button onClick={() => setWanted(undefined)}>{t('cancel')}</Button>
            </>
          )}
        >
          {matrix ? <DifferenceList difference={differenceOf(matrix, user.role, wanted)} /> : <Skeleton rows={2} />}
        </Dialog>
      )}
    </>
  );
}
