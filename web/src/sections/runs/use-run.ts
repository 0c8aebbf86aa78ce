/** One run as it goes: read once, then told; read again when its state changes, or while nothing tells. */
import { useQuery, useQueryClient } from '@tanstack/react-query';

import { useHost } from '@/ui/host-context';
import { readAgain } from '@/ui/data';
import { useLiveState, usePoll, useTopic } from '@/ui/use-follow';
import { type RunDetail, type RunProgress, type RunState, hasEnded } from './run-types';

type Told = { state: RunState; attempt: number; progress: RunProgress | null; waits: string | null; n: number };
type Run = { run: RunDetail | undefined; error: Error | null; reload: () => void };

const POLL_MS = 1500;

export function topicOf(id: string): string {
  return `runs.run:${id}`;
}

export function useRun(id: string): Run {
  const host = useHost();
  const client = useQueryClient();
  const state = useLiveState();
  const path = `/${encodeURIComponent(id)}`;
  const queryKey = ['data', host.section.id, path, {}];
  const result = useQuery({ queryKey, queryFn: () => host.api.get<RunDetail>(path) });
  const run = result.data;
  const reload = () => void readAgain(result);
  useTopic(topicOf(id), ({ type, data }) => {
    if (type === 'open') reload();
    if (type !== 'run') return;
    const { state: next, attempt, progress, waits } = data as Told; // as the server's run source writes it
    if (next !== run?.state || attempt !== run.attempt) reload();
    else client.setQueryData<RunDetail>(queryKey, (known) => known && { ...known, progress, waits });
  });
  usePoll(state !== 'live' && !(run && hasEnded(run)) ? POLL_MS : null, reload);
  return { run, error: result.error, reload };
}
