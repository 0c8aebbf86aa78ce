/** A job by the clock: when, in which zone and with which parameters; made, changed or deleted. */
import { newKey } from '@/api/new-key';
import { t } from '@/i18n/t';
import { SchemaForm } from '@/resource/schema-form';
import type { Values } from '@/resource/schema-validate';
import type { FormSpec, JsonSchema } from '@/sdk/types';
import { Banner } from '@/ui/banner';
import { Button } from '@/ui/button';
import { useData, useRefresh } from '@/ui/data';
import { useHost, usePlace } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { problemWords } from '@/ui/problem-words';
import { Skeleton } from '@/ui/skeleton';
import { Drawer } from '@/ui/split-page';
import type { JobView, ScheduleView } from './run-types';

type ScheduleFormProps = { kind?: string; id?: string; onClose: () => void };
type FormProps = { job: JobView | undefined; old: ScheduleView | undefined; onClose: () => void };

function choice(title: string, usual: string, words: Record<string, string>): JsonSchema {
  return { type: 'string', title, default: usual, oneOf: Object.entries(words).map(([value, word]) => ({ const: value, title: word })) };
}

/** What is asked for: the clock first, then what the job itself wants to know. */
function specOf(job: JobView | undefined, zone: string): FormSpec {
  return {
    submit: t('runs.schedule.save'),
    groups: [{ title: t('runs.schedule.more'), fields: ['overlap', 'catch_up'], advanced: true }],
    schema: {
      type: 'object',
      required: ['cron', 'zone'],
      properties: {
        cron: { type: 'string', title: t('runs.schedule.cron'), description: t('runs.schedule.cron.hint'), minLength: 9, maxLength: 100, 'x-ui': { placeholder: '30 2 * * 1-5' } },
        zone: { type: 'string', title: t('runs.schedule.zone'), default: zone, maxLength: 60 },
        ...(job?.form && { params: { ...job.form, title: t('runs.schedule.params') } }),
        overlap: choice(t('runs.schedule.overlap'), 'skip', { skip: t('runs.schedule.overlap.skip'), queue: t('runs.schedule.overlap.queue'), cancel_old: t('runs.schedule.overlap.cancel_old') }),
        catch_up: choice(t('runs.schedule.catch_up'), 'last', { none: t('runs.schedule.catch_up.none'), last: t('runs.schedule.catch_up.last'), all: t('runs.schedule.catch_up.all') }),
      },
    },
  };
}

function Form({ job, old, onClose }: FormProps) {
  const { api, ui, env } = useHost();
  const { query } = usePlace();
  const refresh = useRefresh();
  const project = old ? old.project_id : (query['project_id'] ?? null);
  const title = job?.title ?? old?.kind ?? '';
  const handleSubmit = async (values: Values) => {
    if (old) await api.send('PATCH', `/schedules/${old.id}`, values);
    else await api.send('POST', '/schedules', { kind: job?.kind, ...(project && { project_id: project }), ...values }, { idempotencyKey: newKey() });
    await refresh();
    ui.toast({ text: t('runs.schedule.saved', { title }), kind: 'good' });
    onClose();
  };
  const handleDelete = async () => {
    if (!old || !(await ui.confirm({ title: t('runs.schedule.delete.ask'), body: t('runs.schedule.delete.body'), ok: t('runs.schedule.delete'), danger: true }))) return;
    try {
      await api.send('DELETE', `/schedules/${old.id}`);
      await refresh();
      onClose();
    } catch (failure) {
      ui.toast({ text: problemWords(failure).title, kind: 'bad' });
    }
  };
  return (
    <>
      {old?.problem && <Banner tone="warn">{old.problem}</Banner>}
      {project && <p className="f-meta">{t('runs.in_project')}</p>}
      <SchemaForm spec={specOf(job, env.value.timeZone)} value={old && { ...old }} onSubmit={handleSubmit} onCancel={onClose} />
      {old && <p><Button variant="danger" icon="trash-2" onClick={() => void handleDelete()}>{t('runs.schedule.delete')}</Button></p>}
    </>
  );
}

export function ScheduleForm({ kind, id, onClose }: ScheduleFormProps) {
  const { route } = useHost();
  const { query } = usePlace();
  const jobs = useData<{ items: JobView[] }>('/jobs');
  const known = useData<{ items: ScheduleView[] }>(id === undefined ? null : '/schedules', {});
  const old = known.value?.items.find((one) => one.id === id);
  const job = jobs.value?.items.find((one) => one.kind === (kind ?? old?.kind));
  const error = jobs.error ?? known.error;
  const isThere = id === undefined ? job !== undefined : old !== undefined;
  return (
    <Drawer title={t('runs.schedule.one', { title: job?.title ?? old?.kind ?? '' })} closeHref={route.href('', query)} onClose={onClose}>
      {(jobs.pending || known.pending) && <Skeleton rows={4} />}
      {error && <ProblemCard error={error} onRetry={jobs.reload} />}
      {isThere && !jobs.pending && <Form key={old?.id ?? kind} job={job} old={old} onClose={onClose} />}
    </Drawer>
  );
}
