/** Server state of a page: one view, a keyset list, and how to make both fresh after a change. */
import { type InfiniteData, type Query as Known, keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';

import { saidThroughout } from '@/i18n/said';
import type { Page, Query } from '@/sdk/types';
import { useHost } from './host-context';

export type Data<T> = { value: T | undefined; etag: string | null; error: Error | null; pending: boolean; stale: boolean; reload: () => void };
export type List<T> = Omit<Data<T[]>, 'value' | 'etag'> & { rows: T[]; hasMore: boolean; loadingMore: boolean; more: () => void; /** Reads again what changed, unless somebody has gone far down. */ follow: () => void };

/** Read again. What is being read for the first time was perhaps answered before the change one is told of: then once more. */
export async function readAgain({ isLoading, refetch }: { isLoading: boolean; refetch: () => Promise<unknown> }): Promise<void> {
  if (isLoading) await refetch(); // waits for that reading
  await refetch();
}

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
    reload: () => void readAgain(result),
  };
}

/** Read a view of what plugins declare, in the language of this tab. */
export function useDeclared<T>(path: string | null): Data<T> {
  const found = useData<T>(path);
  const value = useMemo(() => (found.value === undefined ? undefined : saidThroughout(found.value)), [found.value]);
  return { ...found, value };
}

type Cursor = { cursor: string; place: number };

/** A list of more pages than this is not read anew as a whole, and its next pages are larger. */
const FEW = 4;
const LARGE = 200; // the most that the API gives at once

const isFew = (data: { pages: unknown[] } | undefined) => (data?.pages.length ?? 0) <= FEW;

/** Read a list page by page; old rows stay, marked stale, while new ones load. */
export function useList<T>(path: string, query: Query = {}): List<T> {
  const host = useHost();
  const client = useQueryClient();
  const queryKey = ['list', host.section.id, path, query];
  const result = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as Cursor | undefined, // the first page has no cursor
    queryFn: ({ pageParam }) => host.api.get<Page<T>>(path, { ...query, cursor: pageParam?.cursor, ...(pageParam !== undefined && pageParam.place >= FEW ? { limit: LARGE } : {}) }),
    getNextPageParam: (last, pages) => (last.next === null ? undefined : { cursor: last.next, place: pages.length }),
    placeholderData: keepPreviousData,
    refetchOnMount: ({ state }) => isFew(state.data),
    refetchOnWindowFocus: ({ state }) => isFew(state.data),
    refetchOnReconnect: ({ state }) => isFew(state.data),
  });
  const rows = useMemo(() => result.data?.pages.flatMap((page) => page.items) ?? [], [result.data]);
  return {
    rows,
    error: result.error,
    pending: result.isPending,
    stale: result.isPlaceholderData,
    reload: () => {
      if (isFew(result.data)) void readAgain(result);
      // Of a long list only the start is read again: the rest follows when one comes there.
      else void client.resetQueries({ queryKey, exact: true });
    },
    follow: () => {
      if (isFew(result.data)) void readAgain(result); // whoever is deep in a list stays where they are
    },
    hasMore: result.hasNextPage,
    loadingMore: result.isFetchingNextPage,
    more: () => void result.fetchNextPage({ cancelRefetch: false }),
  };
}

/** Of what is known of a row, in lists and alone, the row as *change* has it. */
function withRow<T extends object>(known: unknown, isIt: (row: T) => boolean, change: (row: T) => T): unknown {
  const changed = (row: T) => (isIt(row) ? change(row) : row);
  if (typeof known !== 'object' || known === null) return known;
  if ('pages' in known) {
    const { pages } = known as InfiniteData<Page<T>>; // a list, as useList keeps it
    return { ...known, pages: pages.map((page) => ({ ...page, items: page.items.map(changed) })) };
  }
  const { value } = known as { value?: T | null }; // a view, as useData keeps it
  return typeof value === 'object' && value !== null ? { ...known, value: changed(value) } : known;
}

/** Draw a row changed before the server has answered; what is given back draws it as it was. */
export function useDraw(): <T extends object>(isIt: (row: T) => boolean, change: (row: T) => T) => () => void {
  const client = useQueryClient();
  const { section } = useHost();
  return (isIt, change) => {
    const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[1] === section.id;
    void client.cancelQueries({ predicate }); // an older answer must not draw over it
    const known = client.getQueriesData({ predicate });
    for (const [key, data] of known) client.setQueryData(key, withRow(data, isIt, change));
    return () => {
      for (const [key, data] of known) client.setQueryData(key, data);
    };
  };
}

/** Everything this page has read is read again; but not *gone*, the path of a view that was just deleted. */
export function useRefresh(): (gone?: string) => Promise<void> {
  const client = useQueryClient();
  return async (gone) => {
    const predicate = ({ queryKey }: Known) => gone === undefined || queryKey[2] !== gone;
    await client.cancelQueries({ predicate: (known) => known.state.data === undefined && predicate(known) }); // else it would do as what is read again
    await client.invalidateQueries({ predicate });
  };
}
