/** The bar above every page: where you are, which environment this is, and your account. */
import { t } from '@/i18n/t';
import type { Section, Shell } from '@/sdk/types';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { AccountMenu } from './account-menu';

type TopBarProps = { shell: Shell; section: Section | undefined; onMenu: () => void };

export function TopBar({ shell, section, onMenu }: TopBarProps) {
  const { environment } = shell.product;
  return (
    <header className="s-topbar">
      <span className="s-burger"><Button variant="ghost" icon="menu" aria-label={t('nav.open')} onClick={onMenu} /></span>
      <span className="s-where">{section?.title ?? ''}</span>
      {environment !== '' && environment !== 'production' && <Badge tone="info">{environment}</Badge>}
      <AccountMenu me={shell.me} />
    </header>
  );
}
