/** Who did what with a credential, from the audit trail. */
import { ObjectHistory } from '@foundation/sdk/react';

import type { Credential } from './types';

type HistoryTabProps = { credential: Credential };

export function HistoryTab({ credential }: HistoryTabProps) {
  return <ObjectHistory target={`credential:${credential.id}`} limit={20} />;
}
