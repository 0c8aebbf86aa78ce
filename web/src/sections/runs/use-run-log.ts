/** The lines of an attempt: what is there is read, what comes is told; each once and in its order. */
import { useCallback, useEffect, useRef, useState } from 'react';

import { useHost } from '@/ui/host-context';
import { useLiveState, usePoll, useTopic } from '@/ui/use-follow';
import type { RunLogPage } from './run-types';
import { topicOf } from './use-run';

type Read = { lines: string[]; cut: boolean; error: unknown };
type Chunk = { attempt: number; n: number; lines: string[] };
type LogOf = { id: string; attempt: number; ended: boolean };

type Came = Pick<RunLogPage, 'lines' | 'next' | 'dropped'>;

/** What a page can lay out anew at once; of more, the newest lines are kept. */
const [MOST_LINES, MOST_TEXT] = [2000, 250_000];
/** A run that talks without end is drawn so often and no oftener: the page is for people. */
const DRAW_MS = 250;
const POLL_MS = 1500;
/** Pieces of the end of a log that are read first: nobody waits for a long one to be read whole. */
const LAST = 5;
const NOTHING: Read = { lines: [], cut: false, error: null };

function newest(lines: string[]): string[] {
  let [from, text] = [lines.length, 0];
  while (from > 0 && lines.length - from < MOST_LINES && text < MOST_TEXT) {
    from -= 1;
    text += lines[from]?.length ?? 0;
  }
  return lines.slice(from);
}

function joined(now: Read, { lines: came, cut }: Pick<Read, 'lines' | 'cut'>): Read {
  const all = [...now.lines, ...came];
  const lines = newest(all);
  return { lines, cut: now.cut || cut || lines.length < all.length, error: null };
}

export function useRunLog({ id, attempt, ended }: LogOf): Read {
  const { api } = useHost();
  const live = useLiveState();
  const [read, setRead] = useState<Read>(NOTHING);
  const next = useRef(0);
  const isReading = useRef(false);
  const isAsked = useRef(false); // while one reading is under way, another was asked for
  const waiting = useRef(NOTHING); // what came and is not drawn yet
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const take = useCallback((page: Came) => {
    if (page.next <= next.current) return; // read twice: nothing is shown twice
    const isFirst = next.current === 0;
    next.current = page.next;
    waiting.current = joined(waiting.current, { lines: page.lines, cut: page.dropped });
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      const came = waiting.current;
      waiting.current = NOTHING;
      setRead((now) => joined(now, came));
    }, isFirst ? 0 : DRAW_MS);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  const look = useCallback(async () => {
    isAsked.current = true;
    if (isReading.current) return;
    isReading.current = true;
    try {
      while (isAsked.current) {
        isAsked.current = false;
        const from = next.current === 0 ? { last: LAST } : { after: next.current };
        const page = await api.get<RunLogPage>(`/${id}/log`, { attempt, ...from });
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
