/** Let somebody in or shut them out: how many sessions end with it is said before and after. */
import type { SessionItem } from '@/api/identity-wire';
import type { UserView } from '@/api/wire';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { useRunAction } from '@/ui/run-action';

type UserSwitchProps = { user: UserView };

export function UserSwitch({ user }: UserSwitchProps) {
  const { api, ui, can, me } = useHost();
  const run = useRunAction();
  const name = user.name || user.email;
  if (!can('accounts:user:write') || user.id === me.id) return null;
  const change = (enabled: boolean) => api.send('PATCH', `/users/${user.id}`, { enabled }, { ifMatch: `"${user.version}"` });
  const handleDisable = async () => {
    const sessions = await api.get<Page<SessionItem>>(`/users/${user.id}/sessions`).then((page) => page.items.length, () => 0);
    const body = t('users.disable.body', { n: sessions });
    if (!(await ui.confirm({ title: t('users.disable.title', { name }), body, ok: t('users.disable'), danger: true }))) return;
    await run(async () => {
      await change(false);
      return t('users.disable.done', { name, n: sessions });
    });
  };
  const handleEnable = () => void run(async () => {
    await change(true);
    return t('users.enable.done', { name });
  });
  return user.enabled
    ? <Button onClick={() => void handleDisable()}>{t('users.disable')}</Button>
    : <Button onClick={handleEnable}>{t('users.enable')}</Button>;
}
