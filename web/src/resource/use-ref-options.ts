/** The rows of another list as choices, by their names. */
import { useQuery } from '@tanstack/react-query';

import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import type { Option } from '@/ui/controls';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';
import { type Row, textOf } from './row';

export type RefOptions = { options: Option[]; pending: boolean; failure: string | null };

function labelOf(row: Row): string {
  const name = textOf(row['name'] ?? row['title'] ?? row['slug'] ?? row['id']);
  const hint = textOf(row['kind'] ?? row['slug']);
  return hint === '' || hint === name ? name : `${name} (${hint})`;
}

function wordsOf(error: Error): string {
  if (isProblem(error) && error.status === 403) return t('ref.forbidden');
  if (isProblem(error) && error.status === 404) return t('ref.missing');
  return problemWords(error).body;
}

/** Read the list at *api*, "/api/creds". */
export function useRefOptions(api: string): RefOptions {
  const host = useHost();
  const { data, error, isPending } = useQuery({
    queryKey: ['ref', api],
    queryFn: () => host.api.core<Page<Row>>(api.replace(/^\/api/, ''), { limit: 200 }),
  });
  return {
    options: (data?.items ?? []).map((row) => ({ value: textOf(row['id']), label: labelOf(row) })),
    pending: isPending,
    failure: error ? wordsOf(error) : null,
  };
}
