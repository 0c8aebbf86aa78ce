/** What was decided about the rights that plugins propose: which role got what, and how to change one's mind. */
import type { Matrix, ProposalItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import { Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { useHost } from '@/ui/host-context';
import { useRunAction } from '@/ui/run-action';
import { roleTitle } from './use-matrix';

type DecidedRightsProps = { items: ProposalItem[]; matrix: Matrix | undefined };
type Change = (item: ProposalItem) => void;

function columnsOf(say: (role: string) => string, onChange: Change | undefined): TableColumn<ProposalItem>[] {
  return [
    { key: 'right', label: t('roles.permission'), width: 'fill', render: (item) => <span className="f-two"><span title={item.permission}>{item.title}</span><span className="f-meta f-clip">{item.plugin_title}</span></span> },
    { key: 'role', label: t('users.role'), width: 's', render: (item) => say(item.role) },
    { key: 'state', label: t('users.state'), width: 's', hideBelow: 'sm', render: (item) => <Status tone={item.state === 'granted' ? 'good' : 'neutral'}>{t(item.state === 'granted' ? 'decided.granted' : 'decided.refused')}</Status> },
    ...(onChange ? [{
      key: 'change', label: t('table.actions'), width: 's' as const, align: 'end' as const,
      render: (item: ProposalItem) => {
        const words = t(item.state === 'granted' ? 'proposals.refuse' : 'proposals.confirm');
        return <Button aria-label={t('decided.change_of', { change: words, right: item.title, role: say(item.role) })} onClick={() => onChange(item)}>{words}</Button>;
      },
    }] : []),
  ];
}

export function DecidedRights({ items, matrix }: DecidedRightsProps) {
  const { api, can } = useHost();
  const run = useRunAction();
  const say = (role: string) => roleTitle(matrix, role);
  const handleChange: Change = (item) => void run(async () => {
    const granted = item.state !== 'granted';
    await api.send('POST', '/roles/proposals', { decisions: [{ permission: item.permission, role: item.role, granted }] });
    return t(granted ? 'decided.now_granted' : 'decided.now_refused', { right: item.title, role: say(item.role) });
  });
  return (
    <details className="f-decided">
      <summary>{t('decided.title', { n: items.length })}</summary>
      <p className="f-meta">{t('decided.about')}</p>
      <DataTable
        label={t('decided.table')}
        columns={columnsOf(say, can('accounts:role:manage') ? handleChange : undefined)}
        rows={items}
        rowKey={(item) => `${item.permission} ${item.role}`}
      />
    </details>
  );
}
