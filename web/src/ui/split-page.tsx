/** A list with its detail beside it: a drawer of its own address, the whole page on small screens. */
import { type ReactNode, useEffect, useId, useRef } from 'react';

import { t } from '@/i18n/t';
import { Button } from './button';
import { Icon } from './icon';
import { rememberRecent } from './recent';

type SplitPageProps = { children: ReactNode; drawer: ReactNode };
type DrawerProps = { title: string; subtitle?: ReactNode; actions?: ReactNode; closeHref: string; onClose: () => void; children: ReactNode };

export function SplitPage({ children, drawer }: SplitPageProps) {
  return (
    <div className="f-split" data-open={drawer ? '' : undefined}>
      <div className="f-split-list">{children}</div>
      {drawer}
    </div>
  );
}

export function Drawer({ title, subtitle, actions, closeHref, onClose, children }: DrawerProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const id = useId();
  useEffect(() => {
    const href = window.location.pathname;
    if (!href.endsWith('/new')) rememberRecent({ title, href });
  }, [title]);
  useEffect(() => {
    const drawer = heading.current?.closest('aside');
    if (!drawer?.contains(document.activeElement)) heading.current?.focus({ preventScroll: true }); // a new name disturbs nobody inside
  }, [title]);
  return (
    // Escape closes from anywhere inside; the close button is the control.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside
      className="f-drawer"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented || (event.target instanceof Element && event.target.closest('dialog, [popover]'))) return;
        event.preventDefault(); // else the browser closes with it what asks whether to leave
        onClose();
      }}
    >
      <header className="f-drawer-header">
        <a className="f-drawer-back" href={closeHref}><Icon name="chevron-left" /> {t('back')}</a>
        <div className="f-drawer-heading">
          <h2 id={id} ref={heading} tabIndex={-1}>{title}</h2>
          {subtitle && <div className="f-meta">{subtitle}</div>}
        </div>
        {actions}
        <span className="f-drawer-close"><Button variant="ghost" icon="x" aria-label={t('close')} onClick={onClose} /></span>
      </header>
      <div className="f-drawer-body">{children}</div>
    </aside>
  );
}
