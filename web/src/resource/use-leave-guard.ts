/** Asks before a form with changes is left. */
import { useCallback, useEffect, useRef } from 'react';

import { t } from '@/i18n/t';
import { useHost } from '@/ui/host-context';

/** Return a function that says whether there is something to lose. */
export function useLeaveGuard(): (dirty: boolean) => void {
  const { route } = useHost();
  const release = useRef<(() => void) | null>(null);
  useEffect(() => () => release.current?.(), []);
  return useCallback((dirty) => {
    if (dirty && release.current === null) release.current = route.block(t('form.leave'));
    if (dirty) return;
    release.current?.();
    release.current = null;
  }, [route]);
}
