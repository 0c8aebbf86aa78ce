/** Everybody who can sign in, or every service account; one of them opens beside the list. */
import type { ReactNode } from 'react';

import type { UserView } from '@/api/wire';
import { t } from '@/i18n/t';
import { Badge, Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { useList } from '@/ui/data';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { useHost, usePlace } from '@/ui/host-context';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { SearchInput } from '@/ui/search-input';
import { Skeleton } from '@/ui/skeleton';
import { SplitPage } from '@/ui/split-page';
import { Time } from '@/ui/time';
import { EndEverybody } from './end-everybody';
import { NewService } from './new-service';
import { PersonDrawer } from './person-drawer';
import { UserRole } from './user-role';

type PeopleProps = { kind: 'user' | 'service'; tabs: ReactNode; id: string };
type NameProps = { user: UserView; href: string };

const WORDS = {
  user: { title: t('users.title'), about: t('users.about'), search: t('users.search'), none: t('users.none') },
  service: { title: t('services.title'), about: t('services.about'), search: t('services.search'), none: t('services.none') },
};

function Name({ user, href }: NameProps) {
  const { me } = useHost();
  return (
    <span className="f-two">
      <span><a className="f-name" data-row-link="" href={href}>{user.name || user.email}</a>{user.id === me.id && <span className="f-meta"> {t('users.you')}</span>}</span>
      <span className="f-meta f-clip">{user.email}</span>
    </span>
  );
}

function Strength({ user }: { user: UserView }) {
  if (user.mfa === null) return <>{t('users.mfa.unknown')}</>;
  return <Status tone={user.mfa ? 'good' : 'warn'}>{user.mfa ? t('users.mfa.yes') : t('users.mfa.no')}</Status>;
}

function columnsOf(kind: PeopleProps['kind'], hrefOf: (user: UserView) => string): TableColumn<UserView>[] {
  return [
    { key: 'name', label: t('users.name'), width: 'fill', render: (user) => <Name user={user} href={hrefOf(user)} /> },
    { key: 'role', label: t('users.role'), width: 'm', render: (user) => (user.role_source === 'idp' ? <Badge>{user.role}</Badge> : <UserRole user={user} />) },
    { key: 'enabled', label: t('users.state'), width: 's', hideBelow: 'sm', render: (user) => <Status tone={user.enabled ? 'good' : 'neutral'}>{user.enabled ? t('users.enabled') : t('users.disabled')}</Status> },
    ...(kind === 'user' ? [{ key: 'mfa', label: t('users.mfa'), width: 's' as const, hideBelow: 'md' as const, render: (user: UserView) => <Strength user={user} /> }] : []),
    { key: 'seen', label: t('users.seen'), width: 'm', hideBelow: 'md', render: (user) => (user.last_seen_at ? <Time iso={user.last_seen_at} /> : t('users.never')) },
  ];
}

export function People({ kind, tabs, id }: PeopleProps) {
  const { route, can } = useHost();
  const { path, query } = usePlace();
  const base = kind === 'service' ? 'services' : '';
  const q = query['q'] ?? '';
  const words = WORDS[kind];
  const weak = query['mfa'] === 'no';
  const list = useList<UserView>('/users', { q, kind, limit: 50, ...(weak ? { mfa: 'no' } : {}) });
  const filter = (changed: { q?: string; mfa?: string }) => route.go(path, { replace: true, query: { q, mfa: weak ? 'no' : '', ...changed } });
  const handleSearch = (text: string) => filter({ q: text });
  const hrefOf = (user: UserView) => route.href(base === '' ? user.id : `${base}/${user.id}`, query);
  const filtered = q !== '' || weak;
  const create = can('accounts:user:write') && kind === 'service' && <NewService />;
  const empty = !list.pending && !list.error && list.rows.length === 0;
  return (
    <SplitPage drawer={id !== '' && <PersonDrawer key={id} id={id} closeHref={route.href(base, query)} onClose={() => route.go(base, { query })} />}>
      <PageHeader title={words.title} description={words.about}>{kind === 'service' ? !empty && create : can('accounts:user:write') && <EndEverybody />}</PageHeader>
      {tabs}
      <search className="f-toolbar"><SearchInput label={words.search} value={q} onSearch={handleSearch} />
        {kind === 'user' && <label className="f-check"><input type="checkbox" checked={weak} onChange={(event) => filter({ mfa: event.target.checked ? 'no' : '' })} /> {t('users.mfa.filter')}</label>}
      </search>
      {list.pending && <Skeleton />}
      {list.error && list.rows.length === 0 && <ProblemCard error={list.error} onRetry={list.reload} />}
      {empty && <Empty title={filtered ? t('users.no_match') : words.none} body={!filtered && kind === 'service' && t('services.none.body')} action={filtered ? <Button onClick={() => filter({ q: '', mfa: '' })}>{t('filter.clear')}</Button> : create} />}
      {list.rows.length > 0 && <DataTable label={words.title} columns={columnsOf(kind, hrefOf)} rows={list.rows} rowKey={(user) => user.id} selected={id} list={list} />}
    </SplitPage>
  );
}
