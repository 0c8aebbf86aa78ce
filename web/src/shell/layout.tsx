/** The frame around every page: skip link, sidebar, top bar, the page itself, messages and questions on top. */
import { type ReactNode, useContext, useEffect, useLayoutEffect, useRef, useState } from 'react';

import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import type { Section, Shell } from '@/sdk/types';
import { PreferencesContext } from '@/ui/use-preferences';
import { ThemeContext } from '@/ui/use-theme';
import { IdleWarning } from './idle-warning';
import { Notices } from './notices';
import { OfflineBar } from './offline-bar';
import { KeysDialog, Palette, preloadPages } from './pages';
import { rememberScroll } from './scroll-memory';
import { Printed } from './printed';
import { Sidebar } from './sidebar';
import { TopBar } from './top-bar';
import { useShortcuts } from './use-shortcuts';
import { useSignOut } from './use-sign-out';

type LayoutProps = { shell: Shell; section: Section | undefined; children: ReactNode };

/** Where the page scrolls, and its drawer of sections on small screens; a new section starts at the top. */
function useFrame(section: Section | undefined) {
  const { focusHeading, history } = useApp();
  const drawer = useRef<HTMLDialogElement>(null);
  const main = useRef<HTMLElement>(null);
  const drawn = useRef(section?.id);
  // Before the page's own effects, which say its title and so take the focus.
  useLayoutEffect(() => {
    if (drawn.current === section?.id) return;
    drawn.current = section?.id;
    focusHeading.set(true);
    drawer.current?.close();
    main.current?.scrollTo({ top: 0 });
  }, [section, focusHeading]);
  useEffect(() => (main.current ? rememberScroll(history, main.current) : undefined), [history]);
  return { drawer, main };
}

/** The other pages come when this one is drawn: not for strangers, and in nobody's way. */
function usePreload() {
  useEffect(() => {
    const timer = setTimeout(() => {
      if ('requestIdleCallback' in window) window.requestIdleCallback(() => void preloadPages());
      else void preloadPages(); // Safari has no idle callbacks
    }, 500);
    return () => clearTimeout(timer);
  }, []);
}

export function Layout({ shell, section, children }: LayoutProps) {
  const app = useApp();
  const { drawer, main } = useFrame(section);
  const theme = useContext(ThemeContext);
  const preferences = useContext(PreferencesContext);
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  usePreload();
  const handleSignOut = useSignOut();
  if (theme === null || preferences === null) throw new Error('Layout needs the shell around it');
  const handlePalette = () => setOpen('palette');
  const handleHelp = () => setOpen('keys');
  useShortcuts({ app, shell, preferences, onPalette: handlePalette, onHelp: handleHelp });
  return (
    <div className="s-frame">
      <a className="s-skip" href="#content">{t('skip')}</a>
      <div className="s-side"><Sidebar shell={shell} current={section?.id} /></div>
      <dialog ref={drawer} className="s-side-dialog" aria-label={t('nav.label')} closedby="any">
        <Sidebar shell={shell} current={section?.id} />
      </dialog>
      <TopBar shell={shell} section={section} onMenu={() => drawer.current?.showModal()} onPalette={handlePalette} onHelp={handleHelp} onSignOut={handleSignOut} />
      <main ref={main} id="content" className="s-main" tabIndex={-1}>
        <Printed />
        <OfflineBar />
        <Notices shell={shell} />
        {children}
        <div id="overlay" />
      </main>
      {open === 'palette' && <Palette app={app} shell={shell} theme={theme} preferences={preferences} onHelp={handleHelp} onSignOut={handleSignOut} onClose={() => setOpen((now) => (now === 'palette' ? null : now))} />}
      {open === 'keys' && <KeysDialog shell={shell} enabled={preferences.value.value.shortcuts} onClose={() => setOpen(null)} />}
      <IdleWarning />
    </div>
  );
}
