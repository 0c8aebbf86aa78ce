/** A host for the few parts the shell draws outside any section: it can copy and tell the time, nothing else. */
import type { ReactNode } from 'react';

import { useApp } from '@/plugin/app';
import { createHost } from '@/plugin/host';
import type { Section, Shell } from '@/sdk/types';
import { HostContext } from '@/ui/host-context';

type PlainProps = { children: ReactNode };

const NOBODY: Shell = {
  product: { name: 'Foundation', version: '', build: '', environment: '' },
  uiApi: { min: 1, max: 1 },
  shared: {},
  me: { id: '', name: '', email: '', can: [], locale: '', timeZone: '' },
  sections: [],
};
const NOWHERE: Section = { id: 'shell', plugin: 'core', api: '/api', title: '', icon: '', group: 'main', weight: 0, ui: { kind: 'builtin', page: '' } };

export function Plain({ children }: PlainProps) {
  const app = useApp();
  const host = createHost({ app, shell: NOBODY, section: NOWHERE, signal: new AbortController().signal });
  return <HostContext value={host}>{children}</HostContext>;
}
