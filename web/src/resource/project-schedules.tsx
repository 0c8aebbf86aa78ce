/** What runs by the clock for a project; each is changed in the section Runs. */
import { useQuery } from '@tanstack/react-query';

import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import { Status } from '@/ui/badge';
import { readAgain } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { Time } from '@/ui/time';
import { useFollow } from '@/ui/use-follow';

type ProjectSchedulesProps = { project: string };
type Job = { kind: string; title: string };
type Schedule = { id: string; kind: string; cron: string; zone: string; enabled: boolean; problem: string | null; next_at: string };

export function ProjectSchedules({ project }: ProjectSchedulesProps) {
  const { api } = useHost();
  const known = useQuery({
    queryKey: ['project-schedules', project],
    queryFn: () => api.core<{ items: Schedule[] }>('/runs/schedules', { project_id: project }),
  });
  const jobs = useQuery({ queryKey: ['jobs'], queryFn: () => api.core<{ items: Job[] }>('/runs/jobs'), staleTime: Infinity });
  const titleOf = (kind: string) => said(jobs.data?.items.find((job) => job.kind === kind)?.title ?? kind);
  useFollow('runs.schedule', () => void readAgain(known));
  const { data } = known;
  if (data === undefined || data.items.length === 0) return null;
  return (
    <section className="f-tab" aria-label={t('runs.schedules')}>
      <header><h3>{t('runs.schedules')}</h3></header>
      <ul className="f-rows">
        {data.items.map((one) => (
          <li key={one.id}>
            <span className="f-two">
              <a className="f-name f-clip" href={`/s/runs/schedules/${one.id}?project_id=${project}`}>{titleOf(one.kind)}</a>
              <span className="f-meta f-clip"><code>{one.cron}</code> {one.zone}</span>
            </span>
            {one.enabled ? <span className="f-meta f-clip">{t('runs.next')} <Time iso={one.next_at} absolute /></span> : <Status tone={one.problem ? 'bad' : 'neutral'}>{t('runs.off')}</Status>}
          </li>
        ))}
      </ul>
    </section>
  );
}
