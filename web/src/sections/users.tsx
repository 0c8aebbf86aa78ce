/** Who may do what: people, invitations, roles and service accounts, each part with its own address. */
import { t } from '@/i18n/t';
import { usePlace } from '@/ui/host-context';
import { Tabs } from '@/ui/tabs';
import { Invitations } from './invitations';
import { People } from './people';
import { Roles } from './roles';

const TABS = [
  { path: '', label: t('users.people') },
  { path: 'invitations', label: t('invitations.title') },
  { path: 'roles', label: t('roles.title') },
  { path: 'services', label: t('services.title') },
];

export function Users() {
  const { path } = usePlace();
  const [part = '', key = ''] = path.split('/');
  const tabs = <Tabs label={t('users.title')} tabs={TABS} />;
  switch (part) {
    case 'invitations': return <Invitations tabs={tabs} />;
    case 'roles': return <Roles tabs={tabs} name={decodeURIComponent(key)} />;
    case 'services': return <People key="service" kind="service" tabs={tabs} id={key} />;
    default: return <People key="user" kind="user" tabs={tabs} id={part} />;
  }
}
