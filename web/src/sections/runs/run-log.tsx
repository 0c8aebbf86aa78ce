/** The log of a run: what is there at once, then what comes; only the newest lines are kept in the page. */
import { useEffect, useRef, useState } from 'react';

import { t } from '@/i18n/t';
import { useHost } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import type { RunLogPage } from './run-types';

type RunLogProps = { id: string; attempt: number; ended: boolean };
type Read = { lines: string[]; next: number; cut: boolean; error: unknown };

const MOST_LINES = 2000;
const NOTHING: Read = { lines: [], next: 0, cut: false, error: null };

function joined(now: Read, page: RunLogPage): Read {
  if (page.next <= now.next) return now; // read twice: nothing is shown twice
  const lines = [...now.lines, ...page.lines];
  return { lines: lines.slice(-MOST_LINES), next: page.next, cut: now.cut || page.dropped || lines.length > MOST_LINES, error: null };
}

export function RunLog({ id, attempt, ended }: RunLogProps) {
  const { api } = useHost();
  const [read, setRead] = useState<Read>(NOTHING);
  const box = useRef<HTMLPreElement>(null);
  const next = useRef(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let left = false;
    const look = async () => {
      let wait = 1500;
      try {
        if (!document.hidden) {
          const page = await api.get<RunLogPage>(`/${id}/log`, { attempt, after: next.current });
          if (left) return;
          next.current = Math.max(next.current, page.next);
          setRead((now) => joined(now, page));
          if (page.more) wait = 0;
          else if (ended) return;
        }
      } catch (error) {
        if (left) return;
        setRead((now) => ({ ...now, error }));
        wait = 5000;
      }
      timer = setTimeout(() => void look(), wait);
    };
    void look();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [api, id, attempt, ended]);
  useEffect(() => {
    const { current } = box;
    const atEnd = current && current.scrollHeight - current.scrollTop - current.clientHeight < 120;
    if (current && (atEnd || current.scrollTop === 0)) current.scrollTop = current.scrollHeight;
  }, [read.lines]);

  if (read.error !== null && read.lines.length === 0) return <ProblemCard error={read.error} />;
  if (read.lines.length === 0) return <p className="f-meta">{t('runs.log.none')}</p>;
  return (
    <>
      {read.cut && <p className="f-meta">{t('runs.log.cut')}</p>}
      {/* A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable). */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={box} className="f-log" role="region" aria-label={t('runs.log')} tabIndex={0}>{read.lines.join('\n')}</pre>
    </>
  );
}
