/** The address bar as a value; a component that reads it is drawn again when it changes. */
import type { RouterHistory } from '@tanstack/history';
import { useSyncExternalStore } from 'react';

export function usePathname(history: RouterHistory): string {
  return useSyncExternalStore((notify) => history.subscribe(notify), () => history.location.pathname);
}
