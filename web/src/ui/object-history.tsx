/** What the audit trail says of one thing, for its detail: the newest lines, and the way to all of them. */
import { useInfiniteQuery } from '@tanstack/react-query';

import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Button } from './button';
import { useHost } from './host-context';
import { ProblemCard } from './problem-card';
import { Skeleton } from './skeleton';
import { Time } from './time';

type Happened = { id: string; occurred_at: string; title: string; reason: string | null; outcome?: string; detail?: Record<string, unknown>; actor: { name: string }; target?: { title: string } | string | null };
/** *target* is the kind and the id of the thing, such as `project:0190…`. */
type OfThing = { target: string; /** Only events of this type, or that begin with it. */ type?: string; title?: string };
/** All that happened in *project*, from *route*, which shows it to those who may enter it, too. */
type OfProject = { project: string; route: string };
type ObjectHistoryProps = (OfThing | OfProject) & { limit?: number };

/** What a line says: what happened, how it ended unless well, to what else, and why. */
function told(event: Happened, withTarget: boolean): string {
  const about = typeof event.target === 'string' ? event.target : event.target?.title;
  const title = event.outcome === undefined || event.outcome === 'success' ? said(event.title) : `${said(event.title)} (${said(event.outcome)})`;
  const plugin = event.detail?.['plugin'];
  return [withTarget && about ? `${title}, ${about}` : title, typeof plugin === 'string' && plugin, event.reason].filter(Boolean).join(': ');
}

/** Draws nothing for whoever may not read the trail, and for a thing that nothing was ever said of. */
export function ObjectHistory({ limit = 10, ...of }: ObjectHistoryProps) {
  const { api, can, section } = useHost();
  const ofProject = 'project' in of;
  const reads = can('audit:event:read');
  const may = reads || ofProject;
  const filter = ofProject ? { project: of.project } : { target: of.target, ...(of.type === undefined ? {} : { type: of.type }) };
  const title = (ofProject ? undefined : of.title) ?? t('history.title');
  const result = useInfiniteQuery({
    queryKey: ['data', section.id, 'history', filter, limit],
    enabled: may,
    initialPageParam: undefined as string | undefined, // the first page has no cursor
    queryFn: ({ pageParam }) => api.core<Page<Happened>>(ofProject ? of.route : '/audit', { ...(ofProject ? {} : filter), limit, cursor: pageParam }),
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const { data, error, refetch } = result;
  const events = data?.pages.flatMap((page) => page.items) ?? [];
  if (!may || (data && events.length === 0)) return null;
  return (
    <section className="f-tab" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {reads && <a className="f-link" href={`/s/audit?${new URLSearchParams(filter).toString()}`}>{t('history.all')}</a>}
      </header>
      {error && <ProblemCard error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={3} />}
      <ul className="f-rows f-past">
        {events.map((event) => {
          const words = told(event, ofProject);
          return (
            <li key={event.id}>
              {reads ? <a className="f-name" href={`/s/audit/${event.id}`} title={words}>{words}</a> : <span className="f-name" title={words}>{words}</span>}
              <span className="f-meta f-clip">{event.actor.name}</span>
              <span className="f-meta"><Time iso={event.occurred_at} /></span>
            </li>
          );
        })}
      </ul>
      {result.hasNextPage && <p className="f-more"><Button busy={result.isFetchingNextPage} onClick={() => void result.fetchNextPage()}>{t('table.more')}</Button></p>}
    </section>
  );
}
