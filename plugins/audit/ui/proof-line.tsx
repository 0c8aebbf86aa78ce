/** Whether one event is in the signed trail as it stands here, and the proof to take along. */
import { Badge, CopyButton, isProblem, useData, useHost } from '@foundation/sdk/react';

import { t } from './t';
import type { Proof } from './types';

type ProofLineProps = { id: string };

export function ProofLine({ id }: ProofLineProps) {
  const { fmt } = useHost();
  const { value: proof, error } = useData<Proof>(`/events/${encodeURIComponent(id)}/proof`);
  if (error) return <span>{isProblem(error) && error.status === 409 ? t('proof.soon') : t('proof.none')}</span>;
  if (!proof) return <span>{t('proof.asking')}</span>;
  if (!proof.holds) return <Badge tone="bad">{t('proof.broken')}</Badge>;
  return (
    <>
      <Badge tone="good">{t('proof.holds')}</Badge> {t('proof.place', { leaf: fmt.number(proof.leaf_index), size: fmt.number(proof.size) })}
      <CopyButton text={proof.text} what={t('proof')} />
    </>
  );
}
