/** One person's role, and how it is changed: with what the new role may do, asked first. */
import type { Role, UserView } from '@/api/wire';
import { t } from '@/i18n/t';
import { Select } from '@/ui/controls';
import { useRefresh } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';

type UserRoleProps = { user: UserView };

const ROLES: readonly Role[] = ['viewer', 'operator', 'admin'];
const OPTIONS = ROLES.map((role) => ({ value: role, label: t(`role.${role}`) }));

export function UserRole({ user }: UserRoleProps) {
  const { api, can, ui, me } = useHost();
  const refresh = useRefresh();
  const name = user.name || user.email;
  const words = user.role === null ? t('role.none') : t(`role.${user.role}`);
  if (!can('accounts:user:write')) return <span>{words}</span>;
  const handleChange = async (value: string) => {
    const role = ROLES.find((one) => one === value) ?? null;
    const body = [role === null ? t('role.none.about') : t(`role.${role}.about`), user.id === me.id ? t('users.yourself') : ''].join(' ').trim();
    const title = t('users.change', { name, role: role === null ? t('role.none') : t(`role.${role}`) });
    if (!(await ui.confirm({ title, body, ok: t('users.change.ok'), danger: role === null || user.id === me.id }))) return;
    try {
      await api.send('PATCH', `/${user.id}`, { role }, { ifMatch: `"${user.version}"` });
      ui.toast({ text: t('users.changed', { name, role: role === null ? t('role.none') : t(`role.${role}`) }), kind: 'good' });
    } catch (error) {
      const { title: what, body: why } = problemWords(error);
      ui.toast({ text: `${what}. ${why}`, kind: 'bad' });
    }
    await refresh();
  };
  return <Select aria-label={t('users.role_of', { name })} value={user.role ?? ''} empty={t('role.none')} options={OPTIONS} onChange={(event) => void handleChange(event.target.value)} />;
}
