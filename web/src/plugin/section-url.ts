/** Where a section lives: core's four have their own addresses, all others are below /s/. */
import type { Section } from '@/sdk/types';

const OWN: Record<string, string> = { dashboard: '/', settings: '/settings', plugins: '/settings/plugins' };

export function sectionUrl({ id, ui }: Pick<Section, 'id' | 'ui'>): string {
  const own = ui.kind === 'builtin' ? OWN[ui.page] : undefined;
  return own ?? `/s/${id}`;
}

/** The section an address belongs to: the longest base that holds it. */
export function sectionAt(sections: Section[], pathname: string): Section | undefined {
  return sections
    .filter((section) => {
      const base = sectionUrl(section);
      return pathname === base || (base !== '/' && pathname.startsWith(`${base}/`));
    })
    .sort((a, b) => sectionUrl(b).length - sectionUrl(a).length)[0];
}
