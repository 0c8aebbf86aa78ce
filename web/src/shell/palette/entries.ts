/** Everything the palette offers without asking the server: places, things to do, what was open last. */
import { said } from '@/i18n/said';
import { t } from '@/i18n/t';
import type { App } from '@/plugin/app';
import { sectionUrl } from '@/plugin/section-url';
import type { Section, Shell } from '@/sdk/types';
import type { PreferenceStore } from '@/ui/preferences';
import { recentItems } from '@/ui/recent';
import type { Theme, ThemeChoice } from '@/ui/theme';

export type Entry = { id: string; group: string; title: string; icon: string; keywords?: readonly string[]; hint?: string; run: () => void };
export type PaletteParts = { app: App; shell: Shell; theme: Theme; preferences: PreferenceStore; onHelp: () => void; onSignOut: () => void };

const THEMES: [ThemeChoice, string][] = [['system', 'monitor'], ['light', 'sun'], ['dark', 'moon']];

function commandsOf(section: Section): { title: string; to: string }[] {
  const { ui } = section;
  const made = ui.kind === 'resource' && ui.resource.create ? [{ title: t('resource.new', { what: said(ui.resource.name) }), to: 'new' }] : [];
  return [...made, ...(section.commands ?? [])];
}

function placesOf({ app, shell }: PaletteParts): Entry[] {
  const go = (href: string) => () => app.history.push(href);
  return shell.sections.flatMap((section): Entry[] => [
    { id: `s:${section.id}`, group: t('palette.sections'), title: section.title, icon: section.icon, keywords: [section.id, ...(section.keywords ?? [])], run: go(sectionUrl(section)) },
    ...commandsOf(section).map(({ title, to }): Entry => ({
      id: `c:${section.id}:${to}`, group: t('palette.commands'), title, icon: 'plus', hint: section.title, run: go(`${sectionUrl(section)}/${to}`.replace('//', '/')),
    })),
  ]);
}

function choicesOf({ app, theme, preferences, onHelp, onSignOut }: PaletteParts): Entry[] {
  const group = t('palette.commands');
  const { density, times } = preferences.value.value;
  const go = (href: string) => () => app.history.push(href);
  return [
    { id: 'set:sessions', group, title: t('sessions.title'), icon: 'monitor', hint: t('settings.title'), run: go('/settings/sessions') },
    { id: 'set:tokens', group, title: t('tokens.title'), icon: 'key-round', hint: t('settings.title'), run: go('/settings/tokens') },
    ...THEMES.map(([choice, icon]): Entry => ({ id: `theme:${choice}`, group, title: t('palette.theme', { theme: t(`theme.${choice}`) }), icon, run: () => theme.choose(choice) })),
    { id: 'density', group, title: t(density === 'cosy' ? 'palette.compact' : 'palette.cosy'), icon: 'list', run: () => preferences.change({ density: density === 'cosy' ? 'compact' : 'cosy' }) },
    { id: 'times', group, title: t(times === 'relative' ? 'palette.absolute' : 'palette.relative'), icon: 'calendar', run: () => preferences.change({ times: times === 'relative' ? 'absolute' : 'relative' }) },
    { id: 'help', group, title: t('keys.title'), icon: 'info', hint: '?', run: onHelp },
    { id: 'out', group, title: t('account.out'), icon: 'log-out', run: onSignOut },
  ];
}

/** What was just done can be undone from here too, while its message stands. */
function undosOf({ toasts }: App): Entry[] {
  return toasts.value.filter((toast) => toast.undo !== undefined).map((toast) => ({
    id: `undo:${toast.id}`, group: t('palette.commands'), title: t('palette.undo', { what: toast.text }), icon: 'rotate-ccw',
    run: () => {
      toasts.update((all) => all.filter((one) => one.id !== toast.id));
      void toast.undo?.();
    },
  }));
}

export function entriesOf(parts: PaletteParts): Entry[] {
  const recent = recentItems().map((item): Entry => ({ id: `r:${item.href}`, group: t('palette.recent'), title: item.title, icon: 'rotate-ccw', run: () => parts.app.history.push(item.href) }));
  return [...undosOf(parts.app), ...recent, ...placesOf(parts), ...choicesOf(parts)];
}
