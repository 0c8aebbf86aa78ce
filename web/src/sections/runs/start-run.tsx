/** Starting a run: which job, then the form that its parameters ask for. */
import { newKey } from '@/api/new-key';
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { SchemaForm } from '@/resource/schema-form';
import type { Values } from '@/resource/schema-validate';
import { useData, useDeclared, useRefresh } from '@/ui/data';
import { Empty } from '@/ui/empty';
import { useHost, usePlace } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { Drawer } from '@/ui/split-page';
import { type JobView, type RunDetail, type RunView, startPath } from './run-types';

type StartRunProps = { kind: string; onClose: () => void };
type StartFormProps = { job: JobView; like: string | undefined; project: string | undefined; onClose: () => void };
type ChoiceProps = { jobs: JobView[] };

function Choice({ jobs }: ChoiceProps) {
  const { route } = useHost();
  const { query } = usePlace();
  if (jobs.length === 0) return <Empty title={t('runs.no_jobs')} />;
  return (
    <ul className="f-rows">
      {jobs.map((job) => (
        <li key={job.kind}>
          <a className="f-name" href={route.href(startPath(job.kind), { project_id: query['project_id'] })}>{said(job.title)}</a>
          <span className="f-meta f-clip">{job.kind}</span>
        </li>
      ))}
    </ul>
  );
}

function StartForm({ job, like, project, onClose }: StartFormProps) {
  const { api, ui, route, can } = useHost();
  const refresh = useRefresh();
  const old = useData<RunDetail>(like === undefined ? null : `/${like}`);
  const inProject = project ?? old.value?.project_id ?? undefined;
  const handleSubmit = async (params: Values) => {
    const run = await api.send<RunView>('POST', '', { kind: job.kind, params, project_id: inProject }, { idempotencyKey: newKey() });
    await refresh();
    ui.toast({ text: t('runs.started', { title: job.title }), kind: 'good' });
    route.go(run.id, { query: { project_id: project } });
  };
  if (old.pending) return <Skeleton rows={3} />;
  const schema = job.form ?? { type: 'object' as const, properties: {} };
  return (
    <>
      {inProject && <p className="f-meta">{t('runs.in_project')}</p>}
      <SchemaForm spec={{ schema, submit: t('runs.start') }} value={old.value?.params} onSubmit={handleSubmit} onCancel={onClose} prefix="/params" />
      {can('runs:schedule:write') && <p><a className="f-link" href={route.href(startPath(job.kind, 'schedule'), { project_id: inProject })}>{t('runs.schedule')}</a></p>}
    </>
  );
}

export function StartRun({ kind, onClose }: StartRunProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const { value, error, pending, reload } = useDeclared<{ items: JobView[] }>('/jobs');
  const mine = value?.items.filter((job) => job.may_start) ?? [];
  const job = mine.find((one) => one.kind === kind);
  return (
    <Drawer title={job ? t('runs.start_one', { title: job.title }) : t('runs.start')} closeHref={route.href('')} onClose={onClose}>
      {pending && <Skeleton rows={3} />}
      {error && !value && <ProblemCard error={error} onRetry={reload} />}
      {value && (job ? <StartForm key={`${kind}/${query['like'] ?? ''}`} job={job} like={query['like']} project={query['project_id']} onClose={onClose} /> : <Choice jobs={mine} />)}
    </Drawer>
  );
}
