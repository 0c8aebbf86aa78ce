/** What the audit trail says of one thing, for its detail: a few lines, and the way to all of them. */
import { useQuery } from '@tanstack/react-query';

import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { useHost } from './host-context';
import { ProblemCard } from './problem-card';
import { Skeleton } from './skeleton';
import { Time } from './time';

type Happened = { id: string; occurred_at: string; title: string; reason: string | null; actor: { name: string } };
/** *target* is the kind and the id of the thing, such as `project:0190…`. */
type ObjectHistoryProps = { target: string; limit?: number };

/** Draws nothing for whoever may not read the trail, and for a thing that nothing was ever said of. */
export function ObjectHistory({ target, limit = 10 }: ObjectHistoryProps) {
  const { api, can, section } = useHost();
  const may = can('audit:event:read');
  const { data, error, refetch } = useQuery({
    queryKey: ['data', section.id, 'history', target, limit],
    enabled: may,
    queryFn: () => api.core<Page<Happened>>('/audit', { target, limit }),
  });
  if (!may || data?.items.length === 0) return null;
  return (
    <section className="f-tab" aria-label={t('history.title')}>
      <header>
        <h3>{t('history.title')}</h3>
        <a className="f-link" href={`/s/audit?target=${encodeURIComponent(target)}`}>{t('history.all')}</a>
      </header>
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} />}
      <ul className="f-rows">
        {data?.items.map((event) => (
          <li key={event.id}>
            <a className="f-name" href={`/s/audit/${event.id}`}>{event.reason === null ? event.title : `${event.title}: ${event.reason}`}</a>
            <span className="f-meta f-clip">{event.actor.name}</span>
            <span className="f-meta"><Time iso={event.occurred_at} /></span>
          </li>
        ))}
      </ul>
    </section>
  );
}
