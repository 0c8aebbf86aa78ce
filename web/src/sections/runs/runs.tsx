/** What is running and what ran, newest first; one opens beside the list and is followed live. */
import '@/styles/runs.css';

import type { ReactNode } from 'react';

import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Select } from '@/ui/controls';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { useDeclared, useList } from '@/ui/data';
import { Empty } from '@/ui/empty';
import { useHost, usePlace } from '@/ui/host-context';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { SplitPage } from '@/ui/split-page';
import { Time } from '@/ui/time';
import { useFollow } from '@/ui/use-follow';
import { RunCharts } from './run-charts';
import { RunDrawer } from './run-drawer';
import { RunProgressBar } from './run-progress';
import { type JobView, type RunView, STATES, hasEnded, stateWord, took, toneOf } from './run-types';
import { ScheduleForm } from './schedule-form';
import { Schedules } from './schedules';
import { StartRun } from './start-run';

type TitleProps = { run: RunView };

function RunTitle({ run }: TitleProps) {
  const { route } = useHost();
  const { query } = usePlace();
  return (
    <span className="f-two">
      <a className="f-name" data-row-link href={route.href(run.id, query)}>{said(run.title)}</a>
      <span className="f-meta f-clip">{run.error?.message || said(run.waits ?? '') || run.kind}</span>
    </span>
  );
}

const COLUMNS: TableColumn<RunView>[] = [
  { key: 'title', label: t('runs.job'), width: 'fill', render: (run) => <RunTitle run={run} /> },
  { key: 'state', label: t('runs.state'), width: 's', render: (run) => <Status tone={toneOf(run.state)}>{stateWord(run.state)}</Status> },
  { key: 'progress', label: t('runs.progress'), width: 'm', hideBelow: 'md', render: (run) => (hasEnded(run) ? took(run.started_at, run.finished_at) : <RunProgressBar run={run} />) },
  { key: 'by', label: t('runs.by'), width: 'm', hideBelow: 'lg', render: (run) => run.requested_name || t('runs.by.nobody') },
  { key: 'created', label: t('runs.created'), width: 'm', hideBelow: 'sm', render: (run) => <Time iso={run.created_at} /> },
];

/** Choices among the states that mean several: whatever has not ended, and what ended badly. */
const OPEN = 'open';
const BAD = 'bad';

function Filters() {
  const { route } = useHost();
  const { path, query } = usePlace();
  const only = query['plugin'] ?? query['project_id'];
  const jobs = useDeclared<{ items: JobView[] }>('/jobs');
  const handle = (change: Record<string, string>) => route.go(path, { replace: true, query: { ...query, ...change } });
  const state = (query['open'] && OPEN) || (query['failed'] && BAD) || query['state'] || '';
  const handleState = (value: string) => handle({ open: value === OPEN ? 'true' : '', failed: value === BAD ? 'true' : '', state: value === OPEN || value === BAD ? '' : value });
  return (
    <search className="f-toolbar">
      <Select aria-label={t('runs.state')} value={state} empty={t('runs.any_state')} options={[{ value: OPEN, label: t('runs.open') }, { value: BAD, label: t('runs.failed_or_lost') }, ...STATES.map((value) => ({ value, label: stateWord(value) }))]} onChange={(event) => handleState(event.target.value)} />
      <Select aria-label={t('runs.job')} value={query['kind'] ?? ''} empty={t('runs.any_job')} options={(jobs.value?.items ?? []).map((job) => ({ value: job.kind, label: said(job.title) }))} onChange={(event) => handle({ kind: event.target.value })} />
      {only && (
        <Button variant="ghost" icon="x" onClick={() => route.go(path, { replace: true, query: { ...query, plugin: undefined, project_id: undefined } })}>
          {query['plugin'] ? t('runs.only_plugin', { plugin: query['plugin'] }) : t('runs.only_project')}
        </Button>
      )}
      {query['days'] && <Button variant="ghost" icon="x" onClick={() => handle({ days: '' })}>{/^\d+$/.test(query['days']) ? t('runs.only_days', { days: query['days'] }) : `days: ${query['days']}`}</Button>}
    </search>
  );
}

function RunList({ selected, start }: { selected: string | undefined; start: ReactNode }) {
  const { route } = useHost();
  const { path, query } = usePlace();
  const list = useList<RunView>('', { state: query['state'], kind: query['kind'], open: query['open'], failed: query['failed'], days: query['days'], plugin: query['plugin'], project_id: query['project_id'] });
  useFollow('runs.run', list.follow, { poll: list.rows.some((run) => !hasEnded(run)) ? 2000 : null });
  if (list.pending) return <Skeleton />;
  if (list.error && list.rows.length === 0) return <ProblemCard error={list.error} onRetry={list.reload} />;
  if (list.rows.length === 0) {
    const isFiltered = ['state', 'kind', 'open', 'failed', 'days', 'plugin', 'project_id'].some((name) => query[name]);
    return isFiltered
      ? <Empty title={t('runs.no_match')} action={<Button onClick={() => route.go(path, { replace: true })}>{t('filter.clear')}</Button>} />
      : <Empty title={t('runs.none')} body={t('runs.none.body')} action={start} />;
  }
  return <DataTable label={t('runs.title')} columns={COLUMNS} rows={list.rows} rowKey={(run) => run.id} selected={selected} list={list} />;
}

type BesideProps = { first: string; rest: string[]; onClose: () => void };

/** What the address names beside the list: a form, a schedule, or a run. */
function Beside({ first, rest, onClose }: BesideProps) {
  switch (first) {
    case 'start': return <StartRun kind={rest.join('.')} onClose={onClose} />;
    case 'schedule': return <ScheduleForm key={rest.join('.')} kind={rest.join('.')} onClose={onClose} />;
    case 'schedules': return <ScheduleForm key={rest[0]} id={rest[0] ?? ''} onClose={onClose} />;
    default: return <RunDrawer key={first} id={first} onClose={onClose} />;
  }
}

export function Runs() {
  const { route, can } = useHost();
  const { path, query } = usePlace();
  const [first = '', ...rest] = path.split('/').map(decodeURIComponent);
  const handleClose = () => route.go('', { query: { ...query, like: undefined } });
  const start = can('runs:run:operate') && <Button variant="primary" icon="plus" onClick={() => route.go('start', { query: { project_id: query['project_id'] } })}>{t('runs.start')}</Button>;
  return (
    <SplitPage drawer={first !== '' && <Beside first={first} rest={rest} onClose={handleClose} />}>
      <PageHeader title={t('runs.title')} description={t('runs.about')}>
        {start}
      </PageHeader>
      <RunCharts />
      <Filters />
      <RunList selected={first} start={start} />
      <Schedules />
    </SplitPage>
  );
}
