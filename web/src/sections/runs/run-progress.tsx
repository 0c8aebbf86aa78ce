/** How far a run is: a bar when the end is known, words in any case. */
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { useHost } from '@/ui/host-context';
import type { RunView } from './run-types';

type RunProgressProps = { run: RunView };

export function RunProgressBar({ run }: RunProgressProps) {
  const { fmt } = useHost();
  const { progress } = run;
  if (progress === null) return <span className="f-meta">{said(run.waits ?? '') || t('runs.no_progress')}</span>;
  const done = fmt.number(progress.done);
  const words = progress.total === null
    ? t('runs.done', { done, unit: progress.unit })
    : t('runs.done_of', { done, total: fmt.number(progress.total), unit: progress.unit });
  return (
    <span className="f-two">
      {progress.total !== null && <progress className="f-progress" aria-label={t('runs.progress')} max={progress.total} value={progress.done} />}
      <span className="f-meta f-num">{progress.phase === '' ? words : `${progress.phase}: ${words}`}</span>
    </span>
  );
}
