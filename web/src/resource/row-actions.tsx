/** The actions of a row as one menu; nothing is drawn when there are none. */
import { t } from '@/i18n/t';
import type { Action, ResourceSpec } from '@/sdk/types';
import { Icon } from '@/ui/icon';
import { Menu } from '@/ui/menu';
import { type Row, readField, textOf } from './row';
import { useActions } from './use-actions';

type RowActionsProps = { spec: ResourceSpec; row: Row; onEdit?: (() => void) | undefined; onGone: () => void };

const ICON_OF: Record<string, string> = { archive: 'archive', restore: 'archive-restore', detach: 'unlink', delete: 'trash-2' };

export function iconOf({ id, danger }: Action): string {
  return ICON_OF[id] ?? (danger ? 'trash-2' : 'zap');
}

export function RowActions({ spec, row, onEdit, onGone }: RowActionsProps) {
  const actions = useActions(spec, row, onGone);
  const edit = onEdit ? [{ id: 'edit', label: t('edit'), icon: 'pencil', onSelect: onEdit }] : [];
  const items = [
    ...edit,
    ...actions.map(({ action, run }) => ({
      id: action.id,
      label: action.title,
      icon: iconOf(action),
      danger: action.danger ?? false,
      onSelect: () => void run(),
    })),
  ];
  if (items.length === 0) return null;
  return <Menu label={t('action.menu', { name: textOf(readField(row, spec.titleField)) })} trigger={<Icon name="ellipsis" />} items={items} />;
}
