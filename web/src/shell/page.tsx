/** Any address of the shell: the section it belongs to, or a word about why there is none. */
import type { ReactNode } from 'react';

import { t } from '@/i18n/t';
import { sectionAt } from '@/plugin/section-url';
import { useApp } from '@/plugin/app';
import type { Shell } from '@/sdk/types';
import { Empty } from '@/ui/empty';
import { usePathname } from '@/ui/use-location';
import { PageHeader } from '@/ui/page-header';
import { Layout } from './layout';
import { Kit } from './pages';
import { Plain } from './plain';
import { SectionView } from './section-view';
import { NoRolePage } from './no-role-page';
import { SessionGate } from './session-gate';
import { SignInAgainPage } from './sign-in-again-page';
import { SignedInPage } from './signed-in-page';
import { ShellContext } from './use-shell';

type FoundProps = { shell: Shell; pathname: string };

/** Either nobody installed it, or it takes a permission: then which, and who gives it. */
function NoSection({ shell, name, action }: { shell: Shell; name: string; action: ReactNode }) {
  const closed = shell.closed?.find((section) => section.id === name);
  if (closed === undefined) return <Empty title={t('missing.section', { name })} body={t('missing.why')} action={action} />;
  return <Empty title={t('closed.title', { title: closed.title })} body={<>{t('closed.needs')} <code className="f-code">{closed.needs}</code>. {t('closed.who')}</>} action={action} />;
}

function Found({ shell, pathname }: FoundProps) {
  const section = sectionAt(shell.sections, pathname);
  const name = /^\/s\/([^/]+)/.exec(pathname)?.[1];
  const hasNoRole = shell.me.can.length === 0 && !pathname.startsWith('/settings');
  const isKit = pathname === '/dev/kit' && shell.product.environment === 'development';
  const home = <a className="f-link" href="/">{t('missing.home')}</a>;
  return (
    <ShellContext value={shell}>
      <Layout shell={shell} section={section}>
        {hasNoRole && <Plain><NoRolePage /></Plain>}
        {isKit && <Plain><Kit /></Plain>}
        {!hasNoRole && !isKit && (section ? <SectionView key={section.id} section={section} /> : (
          <Plain>
            <PageHeader title={t('missing.title')} />
            {name === undefined
              ? <Empty title={t(pathname === '/login' ? 'missing.signed_in' : 'missing.page')} body={pathname} action={home} />
              : <NoSection shell={shell} name={name} action={home} />}
          </Plain>
        ))}
      </Layout>
    </ShellContext>
  );
}

/** The two stops of signing in again stand outside the gate: there may be no session yet. */
export function Page() {
  const pathname = usePathname(useApp().history);
  if (pathname === '/sign-in-again') return <SignInAgainPage why={new URLSearchParams(window.location.search).get('why')} />;
  if (pathname === '/signed-in') return <SignedInPage />;
  return <SessionGate>{(shell) => <Found shell={shell} pathname={pathname} />}</SessionGate>;
}
