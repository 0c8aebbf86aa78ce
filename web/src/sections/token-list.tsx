/** API tokens of somebody: found by name or prefix, each with its end and its last use; new ones are shown once. */
import { type ReactNode, useState } from 'react';

import type { NewToken, PermissionItem, TokenItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { useData, useDeclared, useRefresh } from '@/ui/data';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { useHost } from '@/ui/host-context';
import { OnceDialog } from '@/ui/once-dialog';
import { ProblemCard } from '@/ui/problem-card';
import { useRunAction } from '@/ui/run-action';
import { SearchInput } from '@/ui/search-input';
import { Skeleton } from '@/ui/skeleton';
import { Time } from '@/ui/time';
import { NewTokenDialog } from './new-token-dialog';

type TokenListProps = { path: string; canCreate: boolean; canRevoke: boolean; heading: (actions: ReactNode) => ReactNode };

const TONES = { active: 'good', expired: 'warn', revoked: 'neutral' } as const;

/** The permissions of the person who asks, as far as a token can have them: no token does what wants a fresh sign-in. */
function useScopes(wanted: boolean): PermissionItem[] {
  const { value } = useDeclared<Page<PermissionItem>>(wanted ? '/me/permissions' : null);
  return (value?.items ?? []).filter((permission) => !permission.sensitive);
}

function matches(token: TokenItem, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return token.name.toLowerCase().includes(wanted) || token.prefix.toLowerCase().startsWith(wanted.slice(0, token.prefix.length));
}

function Uses({ token }: { token: TokenItem }) {
  if (token.last_used_at === null) return <>{t('tokens.unused')}</>;
  return <span className="f-two"><Time iso={token.last_used_at} /><span className="f-meta f-clip">{token.last_used_address}</span></span>;
}

function columnsOf(onRevoke: ((token: TokenItem) => void) | undefined): TableColumn<TokenItem>[] {
  return [
    { key: 'name', label: t('tokens.name'), width: 'fill', render: (token) => <span className="f-two"><span className="f-name">{token.name}</span><code className="f-code">{token.prefix}…</code></span> },
    { key: 'scopes', label: t('tokens.scopes'), width: 'm', hideBelow: 'md', render: (token) => <span className="f-clip" title={token.scopes.join('\n')}>{token.scopes.join(', ')}</span> },
    { key: 'state', label: t('tokens.state'), width: 's', render: (token) => <Status tone={TONES[token.state]}>{t(`tokens.state.${token.state}`)}</Status> },
    { key: 'ends', label: t('tokens.expires'), width: 's', hideBelow: 'sm', render: (token) => <Time iso={token.expires_at} /> },
    { key: 'used', label: t('tokens.used'), width: 's', hideBelow: 'md', render: (token) => <Uses token={token} /> },
    ...(onRevoke ? [{
      key: 'revoke', label: t('table.actions'), width: 's' as const, align: 'end' as const,
      render: (token: TokenItem) => token.state === 'active' && <Button aria-label={t('tokens.revoke_of', { name: token.name })} onClick={() => onRevoke(token)}>{t('tokens.revoke')}</Button>,
    }] : []),
  ];
}

export function TokenList({ path, canCreate, canRevoke, heading }: TokenListProps) {
  const { api, ui, fmt } = useHost();
  const run = useRunAction();
  const refresh = useRefresh();
  const { value, error, pending, reload } = useData<Page<TokenItem>>(path);
  const scopes = useScopes(canCreate);
  const [q, setQ] = useState('');
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<NewToken | null>(null);
  const tokens = value?.items ?? [];
  const found = tokens.filter((token) => matches(token, q));
  const handleRevoke = async (token: TokenItem) => {
    if (!(await ui.confirm({ title: t('tokens.revoke.title', { name: token.name }), body: t('tokens.revoke.body'), ok: t('tokens.revoke'), danger: true }))) return;
    await run(async () => {
      await api.send('DELETE', `${path}/${token.id}`);
      return t('tokens.revoked', { name: token.name });
    });
  };
  const handleCreated = (token: NewToken) => {
    setMaking(false);
    setMade(token);
    void refresh();
  };
  const create = canCreate && <Button icon="plus" onClick={() => setMaking(true)}>{t('tokens.new')}</Button>;
  return (
    <>
      {heading(tokens.length > 0 && create)}
      {pending && <Skeleton rows={3} />}
      {error && !value && <ProblemCard error={error} onRetry={reload} />}
      {value && tokens.length === 0 && <Empty title={t('tokens.none')} body={t('tokens.none.body')} action={create} />}
      {tokens.length > 0 && <search className="f-toolbar"><SearchInput label={t('tokens.search')} value={q} delay={0} onSearch={setQ} /></search>}
      {found.length > 0 && <DataTable label={t('tokens.list')} columns={columnsOf(canRevoke ? (token) => void handleRevoke(token) : undefined)} rows={found} rowKey={(token) => token.id} />}
      {tokens.length > 0 && found.length === 0 && <Empty title={t('tokens.no_match')} action={<Button onClick={() => setQ('')}>{t('filter.clear')}</Button>} />}
      {making && <NewTokenDialog path={path} permissions={scopes} onCreated={handleCreated} onClose={() => setMaking(false)} />}
      {made && <OnceDialog title={t('tokens.made', { name: made.name })} body={t('tokens.made.body', { when: fmt.dateTime(made.expires_at) })} text={made.token} onDone={() => setMade(null)} />}
    </>
  );
}
