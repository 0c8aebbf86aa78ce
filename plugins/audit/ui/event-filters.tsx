/** Narrows the trail by actor, event, target, outcome and time; all of it stands in the address. */
import { Button, SearchInput, Select, useDeclared, useHost, usePlace } from '@foundation/sdk/react';

import { OUTCOMES } from './outcome';
import { RANGES, fromField, rangeOf, toField } from './range';
import { t } from './t';
import type { EventType } from './types';

type Option = { value: string; label: string };

/** The parameters of the address that narrow the list. */
export const FILTERS = ['actor', 'type', 'target', 'outcome', 'plugin', 'severity', 'project', 'request', 'from', 'since', 'until', 'at'];

/** Each plugin as a whole, then its events. */
function typeOptions(types: EventType[]): Option[] {
  const plugins = [...new Set(types.map((type) => type.plugin))].sort();
  return plugins.flatMap((plugin) => {
    const names = new Map(types.filter((type) => type.plugin === plugin).map((type) => [type.name, type.title]));
    const own = [...names].sort(([a], [b]) => a.localeCompare(b)).map(([value, title]) => ({ value, label: `${title} · ${value}` }));
    return [{ value: plugin, label: t('filter.type.all', { plugin }) }, ...own];
  });
}

export function EventFilters() {
  const { route } = useHost();
  const { query } = usePlace();
  const { value } = useDeclared<{ items: EventType[] }>('/types');
  const change = (part: Record<string, string>) => route.go('', { replace: true, query: { ...query, open: undefined, ...part } });
  const range = rangeOf(query);
  const handleRange = (next: string) => change({ since: '', until: '', from: next === 'any' ? '' : next === 'custom' ? 'custom' : `now-${next}` });
  const isActive = FILTERS.some((name) => query[name]);
  return (
    <search className="f-toolbar">
      <SearchInput label={t('filter.actor')} value={query['actor'] ?? ''} onSearch={(actor) => change({ actor })} />
      <SearchInput label={t('filter.target')} value={query['target'] ?? ''} onSearch={(target) => change({ target })} />
      <Select aria-label={t('filter.type')} value={query['type'] ?? ''} empty={t('filter.type.any')} options={typeOptions(value?.items ?? [])} onChange={(event) => change({ type: event.target.value })} />
      <Select aria-label={t('outcome')} value={query['outcome'] ?? ''} empty={t('filter.outcome.any')} options={OUTCOMES} onChange={(event) => change({ outcome: event.target.value })} />
      <Select
        aria-label={t('filter.range')}
        value={range}
        options={[{ value: 'any', label: t('range.any') }, ...RANGES.map((one) => ({ value: one, label: t(`range.${one}`) })), { value: 'custom', label: t('range.custom') }]}
        onChange={(event) => handleRange(event.target.value)}
      />
      {range === 'custom' && (
        <span className="au-range">
          <input className="f-input" type="datetime-local" aria-label={t('range.since')} value={toField(query['since'])} onChange={(event) => change({ since: fromField(event.target.value) })} />
          <input className="f-input" type="datetime-local" aria-label={t('range.until')} value={toField(query['until'])} onChange={(event) => change({ until: fromField(event.target.value) })} />
        </span>
      )}
      <Select
        aria-label={t('order')}
        value={query['order'] ?? 'newest'}
        options={[{ value: 'newest', label: t('order.newest') }, { value: 'oldest', label: t('order.oldest') }]}
        onChange={(event) => change({ order: event.target.value === 'newest' ? '' : event.target.value })}
      />
      {isActive && <Button variant="ghost" icon="x" onClick={() => route.go('', { replace: true })}>{t('clear')}</Button>}
    </search>
  );
}
