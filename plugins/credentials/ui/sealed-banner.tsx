/** Says that the vault is sealed, and what it lacks for those who may know. */
import { Banner } from '@foundation/sdk/react';

import { t } from './t';
import type { Health } from './types';
import { useCore } from './use-core';

export function SealedBanner() {
  const { value } = useCore<Health>('/health');
  const vault = value?.parts.find((part) => part.name === 'vault');
  if (!vault || vault.ok) return null;
  return <Banner tone="warn">{t('sealed')} {vault.detail}</Banner>;
}
