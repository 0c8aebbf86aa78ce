/** All credentials by name: what they are and who uses them, never what they hold. */
import {
  Button, DataTable, Empty, Icon, Menu, PageHeader, ProblemCard, SearchInput, Select, Skeleton, type TableColumn, Time, useHost, useList, usePlace,
} from '@foundation/sdk/react';

import { DueBadge } from './due-badge';
import { SealedBanner } from './sealed-banner';
import { t } from './t';
import type { Credential } from './types';
import { useKinds } from './use-kinds';

type CredentialListProps = { selected: string };

const NOTHING = { q: '', kind: '', show: '' };

export function CredentialList({ selected }: CredentialListProps) {
  const { route, can } = useHost();
  const { path, query } = usePlace();
  const { kinds, titleOf } = useKinds();
  const q = query['q'] ?? '';
  const kind = query['kind'] ?? '';
  const show = query['show'] ?? '';
  const list = useList<Credential>('', { limit: 50, q, kind, show });
  const filtered = q !== '' || kind !== '' || show !== '';

  const handleFilter = (change: Record<string, string>) => route.go(path, { replace: true, query: { ...query, ...change } });
  const write = can('credentials:credential:write');
  const more = [
    ...(write ? [{ id: 'import', label: t('import'), icon: 'download', onSelect: () => route.go('import', { query }) }] : []),
    ...(can('system:key:read') ? [{ id: 'keys', label: t('keys'), icon: 'shield', onSelect: () => route.go('keys', { query }) }] : []),
  ];
  const create = write && <Button variant="primary" icon="plus" onClick={() => route.go('new', { query })}>{t('new')}</Button>;
  const columns: TableColumn<Credential>[] = [
    { key: 'name', label: t('name'), width: 'fill', render: (row) => <span className="cr-name"><a className="f-name f-clip" data-row-link="" href={route.href(row.id, query)} title={row.name}>{row.name}</a> <DueBadge credential={row} /></span> },
    { key: 'kind', label: t('kind'), width: 'm', render: (row) => <span className="f-clip">{titleOf(row.kind)}</span> },
    { key: 'slug', label: t('slug'), width: 'm', hideBelow: 'md', render: (row) => <code className="f-code f-clip">{row.slug}</code> },
    { key: 'used', label: t('used'), width: 's', hideBelow: 'sm', render: (row) => (row.used_by.length > 0 ? t('used.count', { n: row.used_by.length }) : <span className="f-none">{t('used.nobody')}</span>) },
    { key: 'changed', label: t('changed'), width: 's', hideBelow: 'lg', render: (row) => <Time iso={row.updated_at} /> },
  ];

  return (
    <>
      <PageHeader title={t('title')} description={t('about')}>
        {more.length > 0 && <Menu label={t('more')} trigger={<Icon name="ellipsis" />} items={more} />}
        {create}
      </PageHeader>
      <SealedBanner />
      <search className="f-toolbar">
        <SearchInput label={t('search')} value={q} onSearch={(text) => handleFilter({ q: text })} />
        <Select aria-label={t('kind')} value={kind} empty={t('kind.any')} options={kinds.map((one) => ({ value: one.kind, label: one.title }))} onChange={(event) => handleFilter({ kind: event.target.value })} />
        <Select aria-label={t('show')} value={show} empty={t('show.present')} options={[{ value: 'expiring', label: t('show.expiring') }, { value: 'overdue', label: t('show.overdue') }, { value: 'broken', label: t('show.broken') }, { value: 'deleted', label: t('show.deleted') }]} onChange={(event) => handleFilter({ show: event.target.value })} />
        {filtered && <Button variant="ghost" icon="x" onClick={() => handleFilter(NOTHING)}>{t('clear')}</Button>}
      </search>
      {list.pending && <Skeleton />}
      {list.error && list.rows.length === 0 && <ProblemCard error={list.error} title={t('failed')} onRetry={list.reload} />}
      {!list.pending && !list.error && list.rows.length === 0 && (filtered
        ? <Empty title={t('none.match')} action={<Button onClick={() => handleFilter(NOTHING)}>{t('clear')}</Button>} />
        : <Empty title={t('none')} body={t('none.body')} action={create} />)}
      {list.rows.length > 0 && <DataTable label={t('title')} columns={columns} rows={list.rows} rowKey={(row) => row.id} selected={selected} list={list} />}
    </>
  );
}
