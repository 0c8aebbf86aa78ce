/** The host of the page around a component: its section, routes, rights and words. */
import { createContext, useContext } from 'react';

import type { Host, Place } from '@/sdk/types';
import { useStore } from './store';

export const HostContext = createContext<Host | null>(null);

export function useHost(): Host {
  const host = useContext(HostContext);
  if (host === null) throw new Error('useHost needs a page around it: mount it with reactPage');
  return host;
}

/** Where the page is inside its section; re-renders when that changes. */
export function usePlace(): Place {
  return useStore(useHost().route);
}
