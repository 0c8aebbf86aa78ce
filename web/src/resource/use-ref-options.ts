/** The rows of another list as choices, by their names. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import type { Option } from '@/ui/controls';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';
import { type Row, textOf } from './row';

/** *more* is true when the list has rows that are not among the options. */
export type RefOptions = { options: Option[]; pending: boolean; failure: string | null; more: boolean };
type Asked = { q?: string; value?: string };

const MOST = 200;

function labelOf(row: Row): string {
  const name = textOf(row['name'] ?? row['title'] ?? row['slug'] ?? row['id']);
  const hint = textOf(row['email'] ?? row['kind'] ?? row['slug']);
  return hint === '' || hint === name ? name : `${name} (${hint})`;
}

function wordsOf(error: Error): string {
  if (isProblem(error) && error.status === 403) return t('ref.forbidden');
  if (isProblem(error) && error.status === 404) return t('ref.missing');
  return problemWords(error).body;
}

/** Read the list at *api*, "/api/creds", as far as it says *q*; the row *value* is always among the options. */
export function useRefOptions(api: string, { q = '', value = '' }: Asked = {}): RefOptions {
  const host = useHost();
  const path = api.replace(/^\/api/, '');
  const { data, error, isPending } = useQuery({
    queryKey: ['ref', api, q],
    queryFn: () => host.api.core<Page<Row>>(path, { q, limit: MOST }),
    placeholderData: keepPreviousData,
  });
  const rows = (data?.items ?? []).filter((row) => row['enabled'] !== false || row['id'] === value);
  const isAway = value !== '' && data !== undefined && !rows.some((row) => row['id'] === value);
  const { data: chosen } = useQuery({
    queryKey: ['ref', api, 'one', value],
    queryFn: () => host.api.core<Row>(`${path.replace(/\?.*/, '')}/${encodeURIComponent(value)}`),
    enabled: isAway,
  });
  const all = isAway ? [chosen ?? { id: value }, ...rows] : rows;
  return {
    options: all.map((row) => ({ value: textOf(row['id']), label: labelOf(row) })),
    pending: isPending,
    failure: error ? wordsOf(error) : null,
    more: Boolean(data?.next),
  };
}
