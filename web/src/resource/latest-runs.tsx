/** The latest runs of one plugin, or of one project with its schedules; the rest is one click away. */
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Status } from '@/ui/badge';
import { readAgain } from '@/ui/data';
import { useHost } from '@/ui/host-context';
import { ProblemCard } from '@/ui/problem-card';
import { type RunState, stateWord, toneOf } from '@/ui/run-state';
import { Skeleton } from '@/ui/skeleton';
import { Time } from '@/ui/time';
import { useFollow } from '@/ui/use-follow';
import { ProjectSchedules } from './project-schedules';

/** Below a page it draws nothing while there are none; as a tab of its own it draws *empty*, and what is wrong. */
type LatestRunsProps = { plugin?: string; project?: string; empty?: ReactNode; limit?: number };
type Run = { id: string; title: string; state: RunState; requested_name: string; created_at: string; finished_at: string | null };

const SHOWN = 5;

export function LatestRuns({ plugin, project, empty, limit = SHOWN }: LatestRunsProps) {
  const { api, can, section } = useHost();
  const may = can('runs:run:read');
  const only = { plugin, project_id: project };
  const result = useQuery({
    queryKey: ['latest-runs', section.id, only, limit],
    enabled: may,
    queryFn: () => api.core<Page<Run>>('/runs', { ...only, limit }),
  });
  const runs = result.data?.items ?? [];
  const isOpen = runs.some((run) => run.finished_at === null);
  useFollow(may ? 'runs.run' : null, () => void readAgain(result), { gap: 2000, poll: isOpen ? 4000 : null });
  const isTab = empty !== undefined;
  if (isTab && result.error && !result.data) return <ProblemCard error={result.error} onRetry={() => void result.refetch()} />;
  if (isTab && may && !result.data) return <Skeleton rows={4} />;
  if (runs.length === 0 && !isTab) return null;
  const all = new URLSearchParams(Object.entries(only).filter((pair): pair is [string, string] => pair[1] !== undefined));
  const more = <a className="f-link" href={`/s/runs?${all.toString()}`}>{t('runs.all')}</a>;
  const list = runs.length === 0 ? empty : (
    <section className={isTab ? 'f-tab' : 'f-section f-after'} aria-label={t('runs.title')}>
      {isTab ? <header><h3>{t('runs.title')}</h3>{more}</header> : <h2>{t('runs.title')}</h2>}
      <ul className="f-rows">
        {runs.map((run) => (
          <li key={run.id}>
            <span className="f-two">
              <a className="f-name f-clip" href={`/s/runs/${run.id}?${all.toString()}`}>{said(run.title)}</a>
              <span className="f-meta f-clip">{run.requested_name || t('runs.by.nobody')}, <Time iso={run.created_at} /></span>
            </span>
            <Status tone={toneOf(run.state)}>{stateWord(run.state)}</Status>
          </li>
        ))}
      </ul>
      {!isTab && <p className="f-more">{more}</p>}
    </section>
  );
  return <>{list}{isTab && project !== undefined && <ProjectSchedules project={project} />}</>;
}
