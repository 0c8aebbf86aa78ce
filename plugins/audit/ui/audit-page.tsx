/** The trail, or one event of it when the address names one. */
import { usePlace } from '@foundation/sdk/react';

import { EventList } from './event-list';
import { OneEvent } from './one-event';

export function AuditPage() {
  const { path } = usePlace();
  return path === '' ? <EventList /> : <OneEvent id={path} />;
}
