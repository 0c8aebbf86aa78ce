/** What the server says this person sees: asked at start, and again when the session was renewed. */
import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';

import { useApp } from '@/plugin/app';
import type { Shell } from '@/sdk/types';

export const SHELL_KEY = ['shell'];
export const ShellContext = createContext<Shell | null>(null);

export function useShellQuery() {
  const { client } = useApp();
  return useQuery({
    queryKey: SHELL_KEY,
    queryFn: async () => (await client.request<Shell>('GET', '/api/shell', { renew: false })).value,
    staleTime: Infinity,
    retry: false,
  });
}

export function useShell(): Shell {
  const shell = useContext(ShellContext);
  if (shell === null) throw new Error('useShell needs somebody signed in');
  return shell;
}
