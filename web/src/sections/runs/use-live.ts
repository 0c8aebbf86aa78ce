/** A view that is read again every second or two while something is going on and the tab is seen. */
import { useQuery } from '@tanstack/react-query';

import { useHost } from '@/ui/host-context';

type Live<T> = { value: T | undefined; error: Error | null; reload: () => void };

export function useLive<T>(path: string, isOver: (value: T) => boolean, every = 1500): Live<T> {
  const host = useHost();
  const result = useQuery({
    queryKey: ['data', host.section.id, path, {}],
    queryFn: () => host.api.get<T>(path),
    // A hidden tab asks nothing: the query client does not poll in the background.
    refetchInterval: ({ state }) => (state.data !== undefined && isOver(state.data) ? false : every),
  });
  return { value: result.data, error: result.error, reload: () => void result.refetch() };
}
