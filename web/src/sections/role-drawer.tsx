/** One custom role, or a new one: its form, and the buttons that change or delete it. */
import type { Matrix, RoleItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { useData } from '@/ui/data';
import { DetailsList } from '@/ui/details-list';
import { useHost } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { useRunAction } from '@/ui/run-action';
import { Skeleton } from '@/ui/skeleton';
import { Drawer } from '@/ui/split-page';
import { RoleForm } from './role-form';

type RoleDrawerProps = { name: string; matrix: Matrix; closeHref: string; onClose: () => void };
type ReadOnlyProps = { role: RoleItem };

function ReadOnly({ role }: ReadOnlyProps) {
  return (
    <DetailsList
      entries={[
        { key: 'about', label: t('roles.description'), value: role.description },
        { key: 'members', label: t('roles.members'), value: role.members },
        { key: 'permissions', label: t('roles.permissions'), value: role.permissions.join(', ') },
      ]}
    />
  );
}

export function RoleDrawer({ name, matrix, closeHref, onClose }: RoleDrawerProps) {
  const { api, ui, can } = useHost();
  const run = useRunAction();
  const isNew = name === 'new';
  const may = can('accounts:role:manage');
  const { value: role, error, reload } = useData<RoleItem>(isNew ? null : `/roles/${encodeURIComponent(name)}`);
  const handleDelete = async (known: RoleItem) => {
    if (!(await ui.confirm({ title: t('roles.delete.title', { name: known.title }), body: t('roles.delete.body'), ok: t('roles.delete'), danger: true }))) return;
    const gone = await run(async () => {
      await api.send('DELETE', `/roles/${encodeURIComponent(name)}`, undefined, { ifMatch: `"${known.version ?? 0}"` });
      return t('roles.deleted', { name: known.title });
    });
    if (gone) onClose();
  };
  const editable = isNew || (role !== undefined && !role.is_builtin && may);
  return (
    <Drawer
      title={isNew ? t('roles.new') : role?.title ?? name}
      closeHref={closeHref}
      onClose={onClose}
      actions={editable && role && <Button onClick={() => void handleDelete(role)}>{t('roles.delete')}</Button>}
    >
      {error && !role && <ProblemCard error={error} onRetry={reload} />}
      {!isNew && !error && !role && <Skeleton rows={4} />}
      {editable && (isNew || role) && <RoleForm key={role?.version ?? 0} role={role} matrix={matrix} onDone={onClose} />}
      {role && !editable && <ReadOnly role={role} />}
    </Drawer>
  );
}
