/** One event at its own address. */
import { PageHeader, ProblemCard, Skeleton, useData, useHost } from '@foundation/sdk/react';
import { said } from '@foundation/sdk';

import { EventDetail } from './event-detail';
import { t } from './t';
import type { AuditEvent } from './types';

type OneEventProps = { id: string };

export function OneEvent({ id }: OneEventProps) {
  const { route } = useHost();
  const { value: event, error, reload } = useData<AuditEvent>(`/${encodeURIComponent(id)}`);
  return (
    <>
      <PageHeader title={(event && (said(event.title) || event.type)) ?? t('one')} description={<a className="f-link" href={route.href('')}>{t('back')}</a>} />
      {error && !event && <ProblemCard error={error} onRetry={reload} />}
      {!error && !event && <Skeleton rows={6} />}
      {event && <EventDetail event={event} whole />}
    </>
  );
}
