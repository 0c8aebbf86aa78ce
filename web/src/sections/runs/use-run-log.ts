/** The lines of an attempt: what is there is read, what comes is told; each once and in its order. */
import { useCallback, useEffect, useRef, useState } from 'react';

import { useHost } from '@/ui/host-context';
import { useLiveState, usePoll, useTopic } from '@/ui/use-follow';
import type { RunLogPage } from './run-types';
import { topicOf } from './use-run';

type Read = { lines: string[]; next: number; cut: boolean; error: unknown };
type Chunk = { attempt: number; n: number; lines: string[] };
type LogOf = { id: string; attempt: number; ended: boolean };

const MOST_LINES = 2000;
const POLL_MS = 1500;
const NOTHING: Read = { lines: [], next: 0, cut: false, error: null };

function joined(now: Read, page: Pick<RunLogPage, 'lines' | 'next' | 'dropped'>): Read {
  if (page.next <= now.next) return now; // read twice: nothing is shown twice
  const lines = [...now.lines, ...page.lines];
  return { lines: lines.slice(-MOST_LINES), next: page.next, cut: now.cut || page.dropped || lines.length > MOST_LINES, error: null };
}

export function useRunLog({ id, attempt, ended }: LogOf): Read {
  const { api } = useHost();
  const live = useLiveState();
  const [read, setRead] = useState<Read>(NOTHING);
  const next = useRef(0);
  const isReading = useRef(false);
  const isAsked = useRef(false); // while one reading is under way, another was asked for

  const take = useCallback((page: Pick<RunLogPage, 'lines' | 'next' | 'dropped'>) => {
    next.current = Math.max(next.current, page.next);
    setRead((now) => joined(now, page));
  }, []);
  const look = useCallback(async () => {
    isAsked.current = true;
    if (isReading.current) return;
    isReading.current = true;
    try {
      while (isAsked.current) {
        isAsked.current = false;
        const page = await api.get<RunLogPage>(`/${id}/log`, { attempt, after: next.current });
        take(page);
        isAsked.current ||= page.more;
      }
    } catch (error) {
      setRead((now) => ({ ...now, error }));
    } finally {
      isReading.current = false;
    }
  }, [api, id, attempt, take]);

  useEffect(() => void look(), [look, ended]);
  useTopic(topicOf(id), ({ type, data }) => {
    if (type === 'open') void look();
    if (type !== 'log' && type !== 'run') return;
    const told = data as Chunk; // as the server's run source writes it; a state has no lines
    if (told.attempt !== attempt || told.n <= next.current) return;
    if (type === 'log' && told.n === next.current + 1 && !isReading.current) take({ lines: told.lines, next: told.n, dropped: false });
    else void look();
  });
  usePoll(live !== 'live' && !ended ? POLL_MS : null, () => void look());
  return read;
}
