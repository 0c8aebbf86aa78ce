/** The toolbar over a list: search and filters, all of them in the address. */
import { t } from '@/i18n/t';
import type { Filter, ResourceSpec } from '@/sdk/types';
import { Button } from '@/ui/button';
import { Select } from '@/ui/controls';
import { SearchInput } from '@/ui/search-input';

type Query = Readonly<Record<string, string>>;
type FiltersProps = { spec: ResourceSpec; query: Query; onChange: (query: Record<string, string | undefined>) => void };
type OneFilterProps = { filter: Filter; value: string; onChange: (value: string) => void };

/** Which parameters narrow the list; the rest of the address is not a filter. */
export function activeFilters(spec: ResourceSpec, query: Query): Record<string, string> {
  const names = [...(spec.filters ?? []).map((filter) => filter.field), ...(spec.search ? ['q'] : [])];
  return Object.fromEntries(names.flatMap((name) => (query[name] ? [[name, query[name]]] : [])));
}

function OneFilter({ filter, value, onChange }: OneFilterProps) {
  if (filter.type === 'text' || filter.type === 'ref') return <SearchInput label={filter.label} value={value} onSearch={onChange} />;
  const options = filter.type === 'boolean'
    ? [{ value: 'true', label: t('yes') }, { value: 'false', label: t('no') }]
    : (filter.options ?? []);
  return <Select aria-label={filter.label} value={value} empty={t('filter.any', { what: filter.label })} options={options} onChange={(event) => onChange(event.target.value)} />;
}

export function Filters({ spec, query, onChange }: FiltersProps) {
  const active = Object.keys(activeFilters(spec, query));
  const filters = spec.filters ?? [];
  if (!spec.search && filters.length === 0) return null;
  const handleClear = () => onChange({ ...query, ...Object.fromEntries(active.map((name) => [name, undefined])) });
  return (
    <search className="f-toolbar">
      {spec.search && <SearchInput label={t('filter.search', { what: spec.plural })} value={query['q'] ?? ''} onSearch={(q) => onChange({ ...query, q })} />}
      {filters.map((filter) => (
        <OneFilter key={filter.field} filter={filter} value={query[filter.field] ?? ''} onChange={(value) => onChange({ ...query, [filter.field]: value })} />
      ))}
      {active.length > 0 && <Button variant="ghost" icon="x" onClick={handleClear}>{t('filter.clear')}</Button>}
    </search>
  );
}
