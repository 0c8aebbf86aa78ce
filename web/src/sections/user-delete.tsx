/** Forget somebody for good: only who is disabled already, and only by typing who it is. */
import type { UserView } from '@/api/wire';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { useRunAction } from '@/ui/run-action';

type UserDeleteProps = { user: UserView; onGone: () => void };

export function UserDelete({ user, onGone }: UserDeleteProps) {
  const { api, ui, can, me } = useHost();
  const run = useRunAction();
  const name = user.email || user.name;
  if (!can('accounts:user:write') || user.id === me.id || user.enabled) return null;
  const handleDelete = async () => {
    if (!(await ui.confirm({ title: t('users.delete.title', { name }), body: t('users.delete.body'), ok: t('users.delete'), type: name, danger: true }))) return;
    const gone = await run(async () => {
      await api.send('DELETE', `/users/${user.id}`);
      return t('users.deleted', { name });
    });
    if (gone) onGone();
  };
  return <Button variant="danger" onClick={() => void handleDelete()}>{t('users.delete')}</Button>;
}
