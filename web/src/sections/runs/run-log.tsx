/** The log of a run: what is there at once, then what comes; only the newest lines are kept in the page. */
import { useEffect, useRef } from 'react';

import { t } from '@/i18n/t';
import { ProblemCard } from '@/ui/problem-card';
import { useRunLog } from './use-run-log';

type RunLogProps = { id: string; attempt: number; ended: boolean };

const NEAR_END = 120; // pixels: whoever reads further up is left there

export function RunLog(props: RunLogProps) {
  const { lines, cut, error } = useRunLog(props);
  const box = useRef<HTMLPreElement>(null);
  const follows = useRef(true);
  const handleScroll = () => {
    const { current } = box;
    if (current) follows.current = current.scrollHeight - current.scrollTop - current.clientHeight < NEAR_END;
  };
  useEffect(() => {
    const { current } = box;
    if (current && follows.current) current.scrollTop = current.scrollHeight;
  }, [lines]);

  if (error !== null && lines.length === 0) return <ProblemCard error={error} />;
  if (lines.length === 0) return <p className="f-meta">{t('runs.log.none')}</p>;
  return (
    <>
      {cut && <p className="f-meta">{t('runs.log.cut')}</p>}
      {/* A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable). */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre ref={box} className="f-log" role="region" aria-label={t('runs.log')} tabIndex={0} onScroll={handleScroll}>{lines.join('\n')}</pre>
    </>
  );
}
