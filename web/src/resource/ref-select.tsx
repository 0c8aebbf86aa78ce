/** Chooses one row of another list, by its name. */
import { useQuery } from '@tanstack/react-query';

import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Select } from '@/ui/controls';
import type { FieldIds } from '@/ui/field';
import { useHost } from '@/ui/host-context';
import { problemWords } from '@/ui/problem-words';
import { type Row, textOf } from './row';

type RefSelectProps = { ids: FieldIds; name: string; api: string; value: string; onChange: (value: string) => void; onBlur: () => void };

function labelOf(row: Row): string {
  const name = textOf(row['name'] ?? row['title'] ?? row['slug'] ?? row['id']);
  const hint = textOf(row['kind'] ?? row['slug']);
  return hint === '' || hint === name ? name : `${name} (${hint})`;
}

function failure(error: Error): string {
  if (isProblem(error) && error.status === 403) return t('ref.forbidden');
  if (isProblem(error) && error.status === 404) return t('ref.missing');
  return problemWords(error).body;
}

export function RefSelect({ ids, name, api, value, onChange, onBlur }: RefSelectProps) {
  const host = useHost();
  const { data, error, isPending } = useQuery({
    queryKey: ['ref', api],
    queryFn: () => host.api.core<Page<Row>>(api.replace(/^\/api/, ''), { limit: 200 }),
  });
  if (error) return <p className="f-error" role="alert">{failure(error)}</p>;
  const options = (data?.items ?? []).map((row) => ({ value: textOf(row['id']), label: labelOf(row) }));
  const empty = isPending ? t('loading') : options.length === 0 ? t('ref.none') : t('form.choose');
  return <Select {...ids} name={name} value={value} empty={empty} options={options} onBlur={onBlur} onChange={(event) => onChange(event.target.value)} />;
}
