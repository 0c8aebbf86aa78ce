/** Who is signed in, how the page looks, and the way out. */
import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import type { Me } from '@/sdk/types';
import { Menu, type MenuItem } from '@/ui/menu';
import type { ThemeChoice } from '@/ui/theme';
import { useTheme } from '@/ui/use-theme';

type AccountMenuProps = { me: Me; onHelp: () => void; onSignOut: () => void };

const THEMES: [ThemeChoice, string][] = [['system', 'monitor'], ['light', 'sun'], ['dark', 'moon']];

export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => word?.charAt(0) ?? '').join('').toUpperCase() || '?';
}

export function AccountMenu({ me, onHelp, onSignOut }: AccountMenuProps) {
  const { history } = useApp();
  const [theme, chooseTheme] = useTheme();
  const items: MenuItem[] = [
    ...THEMES.map(([choice, icon]) => ({ id: choice, label: t(`theme.${choice}`), icon, checked: theme === choice, onSelect: () => chooseTheme(choice) })),
    { id: 'settings', label: t('account.settings'), icon: 'settings', onSelect: () => history.push('/settings') },
    { id: 'keys', label: t('keys.title'), icon: 'keyboard', onSelect: onHelp },
    { id: 'out', label: t('account.out'), icon: 'log-out', onSelect: onSignOut },
  ];
  const header = (
    <div className="f-menu-header">
      <strong>{me.name}</strong>
      <span>{me.email}</span>
    </div>
  );
  return <Menu label={t('account.menu', { name: me.name })} trigger={<span className="s-avatar" data-initials={initials(me.name)} />} header={header} items={items} />;
}
