/** The events after the day one jumped to, fetched towards the present and shown above the list. */
import { useState } from 'react';

import { useHost } from '@foundation/sdk/react';
import type { Page } from '@foundation/sdk';

import type { Filters } from './filters-of';
import type { AuditEvent } from './types';

type Newer = { rows: AuditEvent[]; loading: boolean; error: unknown; hasMore: boolean; more: () => void };
type Known = { key: string; rows: AuditEvent[]; next: string | null };

/** *since* is where the list below ends; without it there is nothing newer to ask for. */
export function useNewer(filters: Filters, since: string | undefined): Newer {
  const { api } = useHost();
  const key = JSON.stringify([filters, since]);
  const [found, setFound] = useState<Known>();
  const [loading, setLoading] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const known = found?.key === key ? found : undefined;
  const more = async () => {
    setLoading(true);
    setError(null);
    try {
      const page = await api.get<Page<AuditEvent>>('', { ...filters, limit: 50, order: 'oldest', since, cursor: known?.next ?? undefined });
      setFound({ key, rows: [...page.items.toReversed(), ...(known?.rows ?? [])], next: page.next });
    } catch (refused) {
      setError(refused);
    } finally {
      setLoading(false);
    }
  };
  return {
    rows: known?.rows ?? [],
    loading,
    error,
    hasMore: since !== undefined && (known === undefined || known.next !== null),
    more: () => void more(),
  };
}
