/** The kinds of credentials, with the form of each. */
import { useDeclared } from '@foundation/sdk/react';

import type { Kind } from './types';

export function useKinds() {
  const { value, error, pending, reload } = useDeclared<{ items: Kind[] }>('/kinds');
  const kinds = value?.items ?? [];
  return { kinds, error, pending, reload, titleOf: (kind: string) => kinds.find((one) => one.kind === kind)?.title ?? kind };
}
