/** Who did what with a credential, from the audit trail. */
import { ProblemCard, Skeleton, Time } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential, Happened } from './types';
import { useCore } from './use-core';

type HistoryTabProps = { credential: Credential };

export function HistoryTab({ credential }: HistoryTabProps) {
  const { value, error } = useCore<{ items: Happened[] }>('/audit', { target: `credential:${credential.id}`, limit: 20 });
  if (error !== null) return <ProblemCard error={error} />;
  if (!value) return <Skeleton rows={4} />;
  return (
    <section aria-labelledby="history">
      <h3 id="history">{t('history')}</h3>
      <ul className="f-rows">
        {value.items.map((event) => (
          <li key={event.id}>
            <span className="f-clip" title={event.reason ?? undefined}>{event.title}{event.reason === null ? '' : `: ${event.reason}`}</span>
            <span className="f-meta f-clip">{event.actor.name}</span>
            <Time iso={event.occurred_at} />
          </li>
        ))}
      </ul>
      <p><a className="f-link" href={`/s/audit?target=credential:${credential.id}`}>{t('trail')}</a></p>
    </section>
  );
}
