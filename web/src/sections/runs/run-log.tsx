/** The log of a run: what is there at once, then what comes; only the newest lines are kept in the page. */
import { useEffect, useMemo, useRef } from 'react';

import { t } from '@/i18n/t';
import { useHost } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { useRunLog } from './use-run-log';

type RunLogProps = { id: string; attempt: number; ended: boolean };

/** Each line begins with its moment, to the millisecond and in UTC: that is half of a line, so only the time of day stays. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+\+00:00(?= )/;
const NEAR_END = 120; // pixels: whoever reads further up is left there

export function RunLog(props: RunLogProps) {
  const { timeZone } = useHost().env.value;
  const { lines, cut, error } = useRunLog(props);
  const text = useMemo(() => {
    const clock = new Intl.DateTimeFormat('sv', { timeStyle: 'medium', timeZone });
    return lines.map((line) => line.replace(MOMENT, (iso) => clock.format(new Date(iso)))).join('\n');
  }, [lines, timeZone]);
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
      <pre ref={box} className="f-log" role="region" aria-label={t('runs.log')} tabIndex={0} onScroll={handleScroll}>{text}</pre>
    </>
  );
}
