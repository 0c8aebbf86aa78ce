/** The last events of the trail, each a link to its line there. */
import type { AuditEvent } from '@/api/wire';
import { t } from '@/i18n/t';
import { Empty } from '@/ui/empty';
import { Time } from '@/ui/time';

type RecentEventsProps = { events: AuditEvent[] };

export function RecentEvents({ events }: RecentEventsProps) {
  return (
    <section className="f-section" aria-labelledby="recent">
      <header>
        <h2 id="recent">{t('dashboard.recent')}</h2>
        <a className="f-link" href="/s/audit">{t('dashboard.all')}</a>
      </header>
      {events.length === 0 && <Empty title={t('dashboard.quiet')} />}
      <ul className="f-rows">
        {events.map((event) => (
          <li key={event.id}>
            <a className="f-name f-clip" href={`/s/audit/${event.id}`}>{event.title || event.type}</a>
            <span className="f-meta f-clip">{[event.actor.name, event.target?.title].filter(Boolean).join(' · ')}</span>
            <span className="f-meta"><Time iso={event.occurred_at} /></span>
          </li>
        ))}
      </ul>
    </section>
  );
}
