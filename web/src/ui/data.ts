/** Server state of a page: one view, a keyset list, and how to make both fresh after a change. */
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';

import type { Page, Query } from '@/sdk/types';
import { useHost } from './host-context';

export type Data<T> = { value: T | undefined; etag: string | null; error: Error | null; pending: boolean; stale: boolean; reload: () => void };
export type List<T> = Omit<Data<T[]>, 'value' | 'etag'> & { rows: T[]; hasMore: boolean; loadingMore: boolean; more: () => void };

/** Read one view below the section's routes; null asks nothing. */
export function useData<T>(path: string | null, query?: Query): Data<T> {
  const host = useHost();
  const result = useQuery({
    queryKey: ['data', host.section.id, path, query ?? {}],
    enabled: path !== null,
    queryFn: async () => {
      if (query) return { value: await host.api.get<T>(path ?? '', query), etag: null };
      return host.api.load<T>(path ?? '');
    },
  });
  return {
    value: result.data?.value,
    etag: result.data?.etag ?? null,
    error: result.error,
    pending: result.isPending && path !== null,
    stale: result.isFetching && !result.isPending,
    reload: () => void result.refetch(),
  };
}

/** Read a list page by page; old rows stay, marked stale, while new ones load. */
export function useList<T>(path: string, query: Query = {}): List<T> {
  const host = useHost();
  const result = useInfiniteQuery({
    queryKey: ['list', host.section.id, path, query],
    initialPageParam: undefined as string | undefined, // the first page has no cursor
    queryFn: ({ pageParam }) => host.api.get<Page<T>>(path, { ...query, cursor: pageParam }),
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
  return {
    rows: result.data?.pages.flatMap((page) => page.items) ?? [],
    error: result.error,
    pending: result.isPending,
    stale: result.isPlaceholderData,
    reload: () => void result.refetch(),
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage(),
  };
}

/** Everything this page has read is read again; but not *gone*, the path of a view that was just deleted. */
export function useRefresh(): (gone?: string) => Promise<void> {
  const client = useQueryClient();
  return (gone) => client.invalidateQueries({ predicate: ({ queryKey }) => gone === undefined || queryKey[2] !== gone });
}
