/** What is one's own: profile and looks, where one is signed in, and one's API tokens. */
import { t } from '@/i18n/t';
import { usePlace } from '@/ui/host-context';
import { PageHeader } from '@/ui/page-header';
import { Tabs } from '@/ui/tabs';
import { MySessions } from './my-sessions';
import { MyTokens } from './my-tokens';
import { Profile } from './profile';

const TABS = [
  { path: '', label: t('settings.profile') },
  { path: 'sessions', label: t('sessions.title') },
  { path: 'tokens', label: t('tokens.title') },
];

export function Settings() {
  const { path } = usePlace();
  return (
    <>
      <PageHeader title={t('settings.title')} />
      <Tabs label={t('settings.parts')} tabs={TABS} />
      {path === 'sessions' && <MySessions />}
      {path === 'tokens' && <MyTokens />}
      {path !== 'sessions' && path !== 'tokens' && <Profile />}
    </>
  );
}
