/** The runs of a project, newest first, from the section Runs. */
import { Empty, ProblemCard, Skeleton, Status, Time, isProblem } from '@foundation/sdk/react';
import type { Tone } from '@foundation/sdk';

import { t } from './t';
import type { Project, Run } from './types';
import { useCore } from './use-core';

type RunsTabProps = { project: Project };

const TONES: Partial<Record<Run['state'], Tone>> = { succeeded: 'good', failed: 'bad', lost: 'bad', running: 'info', cancelling: 'warn' };

export function RunsTab({ project }: RunsTabProps) {
  const { value, error } = useCore<{ items: Run[] }>('/runs', { project_id: project.id, limit: 20 });
  if (isProblem(error) && error.status === 404) return <Empty title={t('runs.away')} />;
  if (error !== null) return <ProblemCard error={error} />;
  if (!value) return <Skeleton rows={4} />;
  if (value.items.length === 0) return <Empty title={t('runs.none')} body={t('runs.none.body')} />;
  return (
    <section aria-labelledby="runs">
      <h3 id="runs">{t('tab.runs')}</h3>
      <ul className="f-rows">
        {value.items.map((run) => (
          <li key={run.id}>
            <a className="f-name f-clip" href={`/s/runs/${run.id}`}>{run.title}</a>
            <span className="f-meta f-clip">{run.requested_name} <Time iso={run.created_at} /></span>
            <Status tone={TONES[run.state] ?? 'neutral'}>{t(`run.${run.state}`)}</Status>
          </li>
        ))}
      </ul>
    </section>
  );
}
