/** The bar above every page: where you are, the palette, which environment this is, and your account. */
import { t } from '@/i18n/t';
import type { Section, Shell } from '@/sdk/types';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { Icon } from '@/ui/icon';
import { AccountMenu } from './account-menu';
import { LiveSign } from './live-sign';

type TopBarProps = { shell: Shell; section: Section | undefined; onMenu: () => void; onPalette: () => void; onHelp: () => void; onSignOut: () => void };

export function TopBar({ shell, section, onMenu, onPalette, onHelp, onSignOut }: TopBarProps) {
  const { environment } = shell.product;
  return (
    <header className="s-topbar">
      <span className="s-burger"><Button variant="ghost" icon="menu" aria-label={t('nav.open')} onClick={onMenu} /></span>
      <span className="s-where">{section?.title ?? ''}</span>
      <button type="button" className="s-find" onClick={onPalette} aria-keyshortcuts="Control+K Meta+K">
        <Icon name="search" /> <span className="s-find-words">{t('palette.open')}</span> <kbd className="f-kbd">Ctrl K</kbd>
      </button>
      {environment !== '' && environment !== 'production' && <span title={t('environment.development')}><Badge tone="info">{environment}</Badge></span>}
      <LiveSign />
      <AccountMenu me={shell.me} onHelp={onHelp} onSignOut={onSignOut} />
    </header>
  );
}
