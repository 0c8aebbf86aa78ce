/** Narrows the list by words, status, tag and owner; all of it stands in the address. */
import { Button, SearchInput, Select, useData, useHost, usePlace } from '@foundation/sdk/react';

import { t } from './t';
import type { Facets } from './types';

const FILTERS = ['q', 'status', 'tag', 'owner'] as const;
type Asked = { q: string | undefined; status: string | undefined; tag: string | undefined; owner: string | undefined; sort: string | undefined };

/** What the address asks for: active projects by name, unless it says otherwise. */
export function useNarrowed(): { asked: Asked; isNarrowed: boolean; clear: () => void } {
  const { route } = useHost();
  const { path, query } = usePlace();
  const { q, status = 'active', tag, owner, sort } = query;
  const isNarrowed = FILTERS.some((name) => query[name]);
  const clear = () => route.go(path, { replace: true, query: { ...query, q: '', status: '', tag: '', owner: '' } });
  return { asked: { q, status: status === 'all' ? undefined : status, tag, owner, sort: sort === '-name' ? sort : undefined }, isNarrowed, clear };
}

export function ProjectFilters() {
  const { route, me } = useHost();
  const { path, query } = usePlace();
  const { value } = useData<Facets>('/facets');
  const { isNarrowed, clear } = useNarrowed();
  const change = (part: Record<string, string>) => route.go(path, { replace: true, query: { ...query, ...part } });
  const owners = (value?.owners ?? []).map((one) => ({ value: one.id, label: one.id === me.id ? t('owner.me') : one.name }));
  return (
    <search className="f-toolbar">
      <SearchInput label={t('search')} value={query['q'] ?? ''} onSearch={(q) => change({ q })} />
      <Select aria-label={t('status')} value={query['status'] ?? ''} empty={t('active')} options={[{ value: 'archived', label: t('archived') }, { value: 'all', label: t('status.all') }]} onChange={(event) => change({ status: event.target.value })} />
      {(value?.tags.length ?? 0) > 0 && <Select aria-label={t('tag')} value={query['tag'] ?? ''} empty={t('tag.any')} options={(value?.tags ?? []).map(({ tag }) => ({ value: tag, label: tag }))} onChange={(event) => change({ tag: event.target.value })} />}
      {owners.length > 0 && <Select aria-label={t('owner')} value={query['owner'] ?? ''} empty={t('owner.any')} options={owners} onChange={(event) => change({ owner: event.target.value })} />}
      {isNarrowed && <Button variant="ghost" icon="x" onClick={clear}>{t('clear')}</Button>}
    </search>
  );
}
