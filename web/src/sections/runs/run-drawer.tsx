/** One run: where it is, what it was given, its attempts, what it left behind, and its log. */
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { Status } from '@/ui/badge';
import { useDeclared } from '@/ui/data';
import { DetailsList } from '@/ui/details-list';
import { useHost, usePlace } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { Drawer } from '@/ui/split-page';
import { Time } from '@/ui/time';
import { RunActions } from './run-actions';
import { RunArtefacts } from './run-artefacts';
import { RunLog } from './run-log';
import { RunProgressBar } from './run-progress';
import { type JobView, type RunDetail, hasEnded, stateWord, took, toneOf } from './run-types';
import { useRun } from './use-run';

type RunDrawerProps = { id: string; onClose: () => void };
type PartProps = { run: RunDetail };

/** A parameter as it was given: text as it is, the rest as JSON. */
function Given({ value }: { value: unknown }) {
  if (value === null || value === '') return <span className="f-none">–</span>;
  return <code className="f-code">{typeof value === 'string' ? value : JSON.stringify(value)}</code>;
}

function Facts({ run }: PartProps) {
  const jobs = useDeclared<{ items: JobView[] }>('/jobs');
  const fields = jobs.value?.items.find((job) => job.kind === run.kind)?.form?.properties ?? {};
  return (
    <DetailsList
      entries={[
        { key: 'state', label: t('runs.state'), value: <Status tone={toneOf(run.state)}>{stateWord(run.state)}</Status> },
        ...(hasEnded(run) ? [] : [{ key: 'progress', label: t('runs.progress'), value: <RunProgressBar run={run} /> }]),
        ...(run.error ? [{ key: 'error', label: t('runs.error'), value: <>{run.error.message || run.error.code} <code>{run.error.code}</code></> }] : []),
        { key: 'by', label: t('runs.by'), value: run.requested_name || t('runs.by.nobody') },
        { key: 'created', label: t('runs.created'), value: <Time iso={run.created_at} absolute /> },
        { key: 'took', label: t('runs.took'), value: took(run.started_at, run.finished_at) },
        { key: 'attempts', label: t('runs.attempts'), value: t('runs.attempt_of', { attempt: String(run.attempt), most: String(run.max_attempts) }) },
        ...Object.entries(run.params).map(([name, value]) => ({ key: `p-${name}`, label: said(fields[name]?.title ?? name), value: <Given value={value} /> })),
        ...(run.result ? [{ key: 'result', label: t('runs.result'), value: <Given value={run.result.value} /> }] : []),
      ]}
    />
  );
}

function Attempts({ run }: PartProps) {
  return (
    <section aria-label={t('runs.attempts')}>
      <h3>{t('runs.attempts')}</h3>
      <ul className="f-rows">
        {run.attempts.map((one) => (
          <li key={one.number}>
            <span className="f-name">{t('runs.attempt', { number: String(one.number) })}</span>
            <span className="f-meta f-clip">{[one.outcome ?? t('runs.underway'), one.exit].filter(Boolean).join(', ')}</span>
            <span className="f-meta f-num">{took(one.started_at, one.finished_at)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function RunDrawer({ id, onClose }: RunDrawerProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const { run, error, reload } = useRun(id);
  return (
    <Drawer title={run ? said(run.title) : t('runs.one')} closeHref={route.href('', query)} onClose={onClose} actions={run && <RunActions run={run} />}>
      {error && !run && <ProblemCard error={error} onRetry={reload} />}
      {!error && !run && <Skeleton rows={4} />}
      {run && (
        <>
          <Facts run={run} />
          {run.attempts.length > 1 && <Attempts run={run} />}
          <RunArtefacts run={run} />
          <section aria-label={t('runs.said')}>
            <h3>{t('runs.log')}</h3>
            {run.attempt > 0 && <RunLog key={`${run.id}/${String(run.attempt)}`} id={run.id} attempt={run.attempt} ended={hasEnded(run)} />}
            {run.attempt === 0 && <p className="f-meta">{said(run.waits ?? '') || t('runs.log.none')}</p>}
          </section>
        </>
      )}
    </Drawer>
  );
}
