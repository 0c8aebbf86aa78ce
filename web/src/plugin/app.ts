/** What one running shell is made of; built once in main, handed down by context. */
import type { RouterHistory } from '@tanstack/history';
import { createContext, useContext } from 'react';

import type { WatchedClient } from '@/api/client';
import type { Env, Formats, Live } from '@/sdk/types';
import type { DialogStore } from '@/ui/dialogs';
import type { WritableStore } from '@/ui/store';
import type { Toast } from '@/ui/toasts';
import type { Loader } from './loader';

export type App = {
  client: WatchedClient;
  history: RouterHistory;
  loader: Loader;
  toasts: WritableStore<Toast[]>;
  dialogs: DialogStore;
  env: WritableStore<Env>;
  formats: Formats;
  live: Live;
  /** Set when the section changed: the next page that says its title gets the focus on its h1. */
  focusHeading: WritableStore<boolean>;
  /** Started with `?safe=1`: no plugin code is loaded. */
  safe: boolean;
};

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('useApp needs the shell around it');
  return app;
}
