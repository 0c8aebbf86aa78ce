/** What can be done without a row: a button or two, the rest in a menu. */
import { t } from '@/i18n/t';
import type { ResourceSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { Icon } from '@/ui/icon';
import { Menu } from '@/ui/menu';
import { iconOf } from './row-actions';
import { actionsOf } from './use-actions';
import { useRunner } from './use-runner';

const IN_SIGHT = 2;

export function PageActions({ spec }: { spec: ResourceSpec }) {
  const run = useRunner(spec);
  const actions = actionsOf(spec, 'page', useHost());
  const rest = actions.slice(IN_SIGHT);
  return (
    <>
      {actions.slice(0, IN_SIGHT).map((action) => <Button key={action.id} onClick={() => void run(action, [])}>{action.title}</Button>)}
      {rest.length > 0 && (
        <Menu
          label={t('action.more')}
          trigger={<Icon name="ellipsis" />}
          items={rest.map((action) => ({ id: action.id, label: action.title, icon: iconOf(action), danger: action.danger ?? false, onSelect: () => void run(action, []) }))}
        />
      )}
    </>
  );
}
