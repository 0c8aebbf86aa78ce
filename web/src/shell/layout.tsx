/** The frame around every page: skip link, sidebar, top bar, the page itself, messages and questions on top. */
import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';

import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import type { Section, Shell } from '@/sdk/types';
import { Banner } from '@/ui/banner';
import { rememberScroll } from './scroll-memory';
import { Sidebar } from './sidebar';
import { TopBar } from './top-bar';

type LayoutProps = { shell: Shell; section: Section | undefined; children: ReactNode };

export function Layout({ shell, section, children }: LayoutProps) {
  const { safe, focusHeading, history } = useApp();
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
  return (
    <div className="s-frame">
      <a className="s-skip" href="#content">{t('skip')}</a>
      <div className="s-side"><Sidebar shell={shell} current={section?.id} /></div>
      <dialog ref={drawer} className="s-side-dialog" aria-label={t('nav.label')} closedby="any">
        <Sidebar shell={shell} current={section?.id} />
      </dialog>
      <TopBar shell={shell} section={section} onMenu={() => drawer.current?.showModal()} />
      <main ref={main} id="content" className="s-main" tabIndex={-1}>
        {safe && <Banner tone="warn">{t('safe.banner')} <a className="f-link" href="/" data-reload="">{t('safe.leave')}</a></Banner>}
        {children}
        <div id="overlay" />
      </main>
    </div>
  );
}
