/** What wants doing with a credential, in a word. */
import { Badge } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential } from './types';

type DueBadgeProps = { credential: Credential };

export function DueBadge({ credential }: DueBadgeProps) {
  const broken = Object.values(credential.fields).some((field) => field.broken);
  if (broken) return <Badge tone="bad">{t('broken')}</Badge>;
  if (credential.due === null) return null;
  const tone = credential.due === 'expired' || credential.due === 'rotate' ? 'bad' : 'warn';
  return <Badge tone={tone}>{t(`due.${credential.due}`)}</Badge>;
}
