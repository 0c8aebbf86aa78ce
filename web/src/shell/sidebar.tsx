/** The sidebar: one link for each section the server names, other plugins after a line, settings at the bottom. */
import { t } from '@/i18n/t';
import { sectionUrl } from '@/plugin/section-url';
import type { Section, Shell } from '@/sdk/types';
import { Icon } from '@/ui/icon';
import { Mark } from './mark';

type SidebarProps = { shell: Shell; current: string | undefined };
type GroupProps = { sections: Section[]; current: string | undefined; label: string };

function isFooter({ ui }: Section): boolean {
  return ui.kind === 'builtin' && (ui.page === 'settings' || ui.page === 'plugins');
}

function Group({ sections, current, label }: GroupProps) {
  if (sections.length === 0) return null;
  return (
    <ul className="s-nav" aria-label={label}>
      {sections.map((section) => (
        <li key={section.id}>
          <a href={sectionUrl(section)} aria-current={section.id === current ? 'page' : undefined} title={section.title}>
            <Icon name={section.icon} />
            <span className="s-nav-title">{section.title}</span>
            {section.ui.kind === 'fault' && <span className="f-dot" data-tone="bad" role="img" aria-label={t('nav.fault')} />}
          </a>
        </li>
      ))}
    </ul>
  );
}

export function Sidebar({ shell, current }: SidebarProps) {
  const footer = shell.sections.filter(isFooter);
  const others = shell.sections.filter((section) => !isFooter(section));
  return (
    <nav className="s-sidebar" id="sidebar" aria-label={t('nav.label')}>
      <a className="s-brand" href="/" aria-label={shell.product.name}>
        <Mark size={22} /> <span className="s-nav-title">{shell.product.name}</span>
      </a>
      <Group label={t('nav.main')} sections={others.filter((section) => section.group !== 'extra')} current={current} />
      <Group label={t('nav.extra')} sections={others.filter((section) => section.group === 'extra')} current={current} />
      <div className="s-sidebar-foot"><Group label={t('nav.foot')} sections={footer} current={current} /></div>
    </nav>
  );
}
