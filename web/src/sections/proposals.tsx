/** What plugins propose for the built-in roles: confirmed or refused by plugin, until somebody has decided. */
import '@/styles/access.css';

import type { ProposalItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { useDeclared } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { Icon } from '@/ui/icon';
import { useRunAction } from '@/ui/run-action';

type PluginProps = { items: ProposalItem[] };

function Plugin({ items }: PluginProps) {
  const { api, can } = useHost();
  const run = useRunAction();
  const [first] = items;
  if (first === undefined) return null;
  const decide = (granted: boolean) => void run(async () => {
    const decisions = items.map(({ permission, role }) => ({ permission, role, granted }));
    await api.send('POST', '/roles/proposals', { decisions });
    return t(granted ? 'proposals.granted' : 'proposals.refused', { plugin: first.plugin_title });
  });
  return (
    <section className="f-section f-proposal" aria-label={first.plugin_title}>
      <header>
        <h2>{t('proposals.title', { plugin: first.plugin_title })}</h2>
        {can('accounts:role:manage') && (
          <div>
            <Button onClick={() => decide(false)}>{t('proposals.refuse')}</Button>
            <Button variant="primary" onClick={() => decide(true)}>{t('proposals.confirm')}</Button>
          </div>
        )}
      </header>
      <p className="f-meta">{t('proposals.about')}</p>
      <ul>
        {items.map((item) => (
          <li key={item.permission}>
            <Badge>{item.role}</Badge>
            <span title={item.permission}>{item.title}</span>
            {item.sensitive && <><Icon name="lock" size={12} /><span className="f-hidden">{t('roles.sensitive')}</span></>}
          </li>
        ))}
      </ul>
    </section>
  );
}

export function useProposals(): { open: ProposalItem[]; decided: ProposalItem[] } {
  const { value } = useDeclared<Page<ProposalItem>>('/roles/proposals');
  const items = value?.items ?? [];
  return { open: items.filter((item) => item.state === 'open'), decided: items.filter((item) => item.state !== 'open') };
}

export function Proposals({ items }: PluginProps) {
  const plugins = [...new Set(items.map((item) => item.plugin))];
  return <>{plugins.map((plugin) => <Plugin key={plugin} items={items.filter((item) => item.plugin === plugin)} />)}</>;
}
