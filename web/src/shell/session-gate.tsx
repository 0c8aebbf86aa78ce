/** Nobody sees the shell without a session: sign-in page, trouble, or what is inside. */
import type { ReactNode } from 'react';

import { isProblem } from '@/api/problem';
import { t } from '@/i18n/t';
import type { Shell } from '@/sdk/types';
import { ProblemCard } from '@/ui/problem-card';
import { Mark } from './mark';
import { Plain } from './plain';
import { SignInPage } from './sign-in-page';
import { useShellQuery } from './use-shell';

type SessionGateProps = { children: (shell: Shell) => ReactNode };

/** Where to go after signing in: here, without what the callback said. */
export function nextOf({ pathname, search }: { pathname: string; search: string }): { next: string; code: string | null } {
  const params = new URLSearchParams(search);
  const code = params.get('e');
  if (pathname === '/login') return { next: '/', code }; // what the provider left in the address is nobody's place
  params.delete('e');
  return { next: params.size === 0 ? pathname : `${pathname}?${params.toString()}`, code };
}

/** The token of an invitation: behind the #, where no server and no log sees it. It is handed on and never kept. */
export function inviteOf(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('invite') ?? undefined;
}

export function SessionGate({ children }: SessionGateProps) {
  const { data, error, refetch } = useShellQuery();
  if (data) return children(data);
  if (error === null) return <p className="s-boot" role="status"><Mark size={22} /><span className="f-hidden">{t('loading')}</span></p>;
  if (isProblem(error) && error.status === 401) return <SignInPage {...nextOf(window.location)} invite={inviteOf(window.location.hash)} />;
  return (
    <main className="s-door">
      <title>{t('boot.title')}</title>
      <div className="s-door-card">
        <h1>{t('boot.title')}</h1>
        <Plain><ProblemCard error={error} onRetry={() => void refetch()} /></Plain>
      </div>
    </main>
  );
}
