/** What runs by the clock, and when it is next due; each can be switched off and on. */
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { useData, useDeclared, useRefresh } from '@/ui/data';
import { useHost, usePlace } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { problemWords } from '@/ui/problem-words';
import { Time } from '@/ui/time';
import { useFollow } from '@/ui/use-follow';
import type { JobView, ScheduleView } from './run-types';

export function Schedules() {
  const { api, ui, route } = useHost();
  const { query } = usePlace();
  const refresh = useRefresh();
  const { value, error, reload } = useData<{ items: ScheduleView[] }>('/schedules', { project_id: query['project_id'] });
  const jobs = useDeclared<{ items: JobView[] }>('/jobs');
  const titleOf = (kind: string) => said(jobs.value?.items.find((job) => job.kind === kind)?.title ?? kind);
  useFollow('runs.schedule', reload);
  const handleToggle = async (one: ScheduleView) => {
    try {
      await api.send('PATCH', `/schedules/${one.id}`, { enabled: !one.enabled });
      await refresh();
    } catch (failure) {
      ui.toast({ text: problemWords(failure).title, kind: 'bad' });
    }
  };
  if (error && !value) return <ProblemCard error={error} onRetry={reload} />;
  if (!value || value.items.length === 0) return null;
  return (
    <section className="f-section f-after f-schedules" aria-labelledby="schedules">
      <h2 id="schedules">{t('runs.schedules')}</h2>
      <ul className="f-rows">
        {value.items.map((one) => (
          <li key={one.id}>
            <span className="f-two">
              {one.may_change ? <a className="f-name" href={route.href(`schedules/${one.id}`, query)}>{titleOf(one.kind)}</a> : <span className="f-name">{titleOf(one.kind)}</span>}
              <span className="f-meta f-clip"><code>{one.cron}</code> {one.zone}{one.project_id && <> · <a className="f-link" href={`/s/projects/${one.project_id}`}>{t('runs.schedule.project')}</a></>}</span>
            </span>
            {one.enabled ? <span className="f-meta f-clip">{t('runs.next')} <Time iso={one.next_at} absolute /></span> : <span className="f-two"><Status tone={one.problem ? 'bad' : 'neutral'}>{t('runs.off')}</Status>{one.problem && <span className="f-meta f-clip" title={one.problem}>{one.problem}</span>}</span>}
            {one.may_change && <Button onClick={() => void handleToggle(one)}>{one.enabled ? t('runs.switch_off') : t('runs.switch_on')}</Button>}
          </li>
        ))}
      </ul>
    </section>
  );
}
