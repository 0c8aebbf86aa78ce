/** The toolbar over a list: search and filters, all of them in the address. */
import type { ReactNode } from 'react';

import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { Filter, ResourceSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { Select } from '@/ui/controls';
import { SearchInput } from '@/ui/search-input';
import { DateRange } from './date-range';
import { useRefOptions } from './use-ref-options';

type Query = Readonly<Record<string, string>>;
type Change = Record<string, string | undefined>;
type FiltersProps = { spec: ResourceSpec; query: Query; onChange: (query: Change) => void; children?: ReactNode };
type OneFilterProps = { filter: Filter; query: Query; onChange: (change: Change) => void };

/** The parameters of one filter: a range has two. */
function parametersOf({ field, type }: Filter): string[] {
  return type === 'datetime-range' ? [`${field}_from`, `${field}_to`] : [field];
}

/** Which parameters narrow the list; the rest of the address is not a filter. */
export function activeFilters(spec: ResourceSpec, query: Query): Record<string, string> {
  const names = [...(spec.filters ?? []).flatMap(parametersOf), ...(spec.search ? ['q'] : [])];
  return Object.fromEntries(names.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

function RefFilter({ filter, query, onChange }: OneFilterProps) {
  const { options, failure } = useRefOptions(filter.ref ?? '');
  if (failure !== null) return null; // a list that may not be read narrows nothing
  return <Select aria-label={filter.label} value={query[filter.field] ?? ''} empty={t('filter.any', { what: filter.label })} options={options} onChange={(event) => onChange({ [filter.field]: event.target.value })} />;
}

function OneFilter({ filter, query, onChange }: OneFilterProps) {
  const { field, label, type } = filter;
  const value = query[field] ?? '';
  switch (type) {
    case 'text': return <SearchInput label={label} value={value} onSearch={(text) => onChange({ [field]: text })} />;
    case 'ref': return <RefFilter filter={filter} query={query} onChange={onChange} />;
    case 'datetime-range': {
      const [first = '', last = ''] = parametersOf(filter);
      return <DateRange label={label} from={query[first] ?? ''} to={query[last] ?? ''} onChange={(from, to) => onChange({ [first]: from, [last]: to })} />;
    }
    case 'boolean':
    case 'enum': {
      const options = type === 'boolean' ? [{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }] : (filter.options ?? []);
      return <Select aria-label={label} value={value} empty={t('filter.any', { what: label })} options={options} onChange={(event) => onChange({ [field]: event.target.value })} />;
    }
    default: {
      const missing: never = type;
      return <>{missing}</>;
    }
  }
}

export function Filters({ spec, query, onChange, children }: FiltersProps) {
  const active = Object.keys(activeFilters(spec, query));
  const filters = spec.filters ?? [];
  if (!spec.search && filters.length === 0) return children === undefined ? null : <div className="f-toolbar">{children}</div>;
  const handleClear = () => onChange({ ...query, ...Object.fromEntries(active.map((name) => [name, undefined])) });
  return (
    <search className="f-toolbar">
      {spec.search && <SearchInput label={t('filter.search', { what: said(spec.plural) })} value={query['q'] ?? ''} onSearch={(q) => onChange({ ...query, q })} />}
      {filters.map((filter) => (
        <OneFilter key={filter.field} filter={filter} query={query} onChange={(change) => onChange({ ...query, ...change })} />
      ))}
      {active.length > 0 && <Button variant="ghost" icon="x" onClick={handleClear}>{t('filter.clear')}</Button>}
      {children}
    </search>
  );
}
