/** What happened to a project and to what belongs to it, newest first. */
import { Button, Empty, ProblemCard, Skeleton, Time, useHost, useList } from '@foundation/sdk/react';

import { t } from './t';
import type { Happened, Project } from './types';

type HistoryTabProps = { project: Project };

export function HistoryTab({ project }: HistoryTabProps) {
  const { can } = useHost();
  const list = useList<Happened>(`/${project.id}/history`, { limit: 20 });
  if (list.error && list.rows.length === 0) return <ProblemCard error={list.error} onRetry={list.reload} />;
  if (list.pending) return <Skeleton rows={4} />;
  if (list.rows.length === 0) return <Empty title={t('history.none')} />;
  return (
    <section aria-labelledby="history">
      <h3 id="history">{t('tab.history')}</h3>
      <ul className="f-rows">
        {list.rows.map((event) => (
          <li key={event.id}>
            <span className="f-clip" title={event.reason ?? undefined}>{event.title}{event.outcome === 'success' ? '' : ` (${event.outcome})`}</span>
            <span className="f-meta f-clip">{[event.actor.name, event.target === project.name ? '' : event.target].filter(Boolean).join(' · ')}</span>
            <Time iso={event.occurred_at} />
          </li>
        ))}
      </ul>
      <div className="pr-after">
        {list.hasMore && <Button busy={list.loadingMore} onClick={list.more}>{t('more')}</Button>}
        {can('audit:event:read') && <a className="f-link" href={`/s/audit?project=${project.id}`}>{t('trail')}</a>}
      </div>
    </section>
  );
}
