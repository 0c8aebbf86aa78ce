/** How many events match; beyond a thousand they are only told to be more. */
import { useData, useHost } from '@foundation/sdk/react';

import type { Filters } from './filters-of';
import { t } from './t';

type CountLineProps = { filters: Filters };

export function CountLine({ filters }: CountLineProps) {
  const { fmt } = useHost();
  const { value } = useData<{ count: number; more: boolean }>('/count', filters);
  if (!value) return null;
  return <p className="au-count" role="status">{t(value.more ? 'count.more' : 'count', { count: fmt.number(value.count) })}</p>;
}
