/** What the server says this person sees: asked at start, and again when the session was renewed. */
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';

import { ProblemError, isProblem } from '@/api/problem';
import { currentLanguage } from '@/i18n/language';
import { learn, saidThroughout } from '@/i18n/said';
import { useApp } from '@/plugin/app';
import type { Client } from '@/api/client';
import type { Shell } from '@/sdk/types';
import { forgetHere, mayBeHere, rememberHere } from './here';

export const SHELL_KEY = ['shell'];
const FRESH_MS = 60_000;
export const ShellContext = createContext<Shell | null>(null);

/** The shell in the language of this tab: what plugins declare is said before anything is drawn. */
async function readShell(client: Client): Promise<Shell> {
  if (!(await mayBeHere(client))) throw new ProblemError({ type: 'about:blank', title: 'Nobody is signed in', status: 401 });
  const language = currentLanguage();
  const query = language === 'en' || language === 'pseudo' ? {} : { language };
  const { value } = await client.request<Shell>('GET', '/api/shell', { query, renew: false }).catch((error: unknown) => {
    if (isProblem(error) && error.status === 401) forgetHere();
    throw error;
  });
  rememberHere();
  learn(value.words ?? {});
  return { ...value, sections: saidThroughout(value.sections), closed: saidThroughout(value.closed ?? []) };
}

export function useShellQuery() {
  const { client } = useApp();
  return useQuery({
    queryKey: SHELL_KEY,
    queryFn: () => readShell(client),
    staleTime: FRESH_MS, // looked at again when somebody comes back to the tab, never while it lies idle
    refetchOnWindowFocus: true,
    retry: false,
  });
}

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('useShell needs somebody signed in');
  return shell;
}
