/** Who may sign in, with which role; an administrator changes it here. */
import { t } from '@/i18n/t';
import type { UserView } from '@/api/wire';
import { Button } from '@/ui/button';
import { Status } from '@/ui/badge';
import { useList } from '@/ui/data';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { useHost, usePlace } from '@/ui/host-context';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { SearchInput } from '@/ui/search-input';
import { Skeleton } from '@/ui/skeleton';
import { Time } from '@/ui/time';
import { UserRole } from './user-role';

const COLUMNS: TableColumn<UserView>[] = [
  { key: 'name', label: t('users.name'), width: 'fill', render: (user) => <UserName user={user} /> },
  { key: 'role', label: t('users.role'), width: 'm', render: (user) => <UserRole user={user} /> },
  { key: 'enabled', label: t('users.state'), width: 's', hideBelow: 'sm', render: (user) => <Status tone={user.enabled ? 'good' : 'neutral'}>{user.enabled ? t('users.enabled') : t('users.disabled')}</Status> },
  { key: 'seen', label: t('users.seen'), width: 'm', hideBelow: 'md', render: (user) => (user.last_seen_at ? <Time iso={user.last_seen_at} /> : t('users.never')) },
];

type UserNameProps = { user: UserView };

function UserName({ user }: UserNameProps) {
  const { me } = useHost();
  return (
    <span className="f-two">
      <span className="f-name">{user.name || user.email}{user.id === me.id && <span className="f-meta"> {t('users.you')}</span>}</span>
      <span className="f-meta f-clip">{user.email}</span>
    </span>
  );
}

export function Users() {
  const { route } = useHost();
  const { path, query } = usePlace();
  const q = query['q'] ?? '';
  const list = useList<UserView>('', { q, limit: 50 });
  const handleSearch = (text: string) => route.go(path, { replace: true, query: { q: text } });
  return (
    <>
      <PageHeader title={t('users.title')} description={t('users.about')} />
      <search className="f-toolbar"><SearchInput label={t('users.search')} value={q} onSearch={handleSearch} /></search>
      {list.pending && <Skeleton />}
      {list.error && list.rows.length === 0 && <ProblemCard error={list.error} onRetry={list.reload} />}
      {!list.pending && !list.error && list.rows.length === 0 && (
        <Empty title={t('users.none')} action={q !== '' && <Button onClick={() => handleSearch('')}>{t('filter.clear')}</Button>} />
      )}
      {list.rows.length > 0 && <DataTable label={t('users.title')} columns={COLUMNS} rows={list.rows} rowKey={(user) => user.id} list={list} />}
    </>
  );
}
