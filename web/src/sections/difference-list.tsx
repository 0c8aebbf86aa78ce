/** What a change of role gives and takes, each permission in words. */
import '@/styles/access.css';

import type { PermissionItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import { Icon } from '@/ui/icon';
import type { RoleDifference } from './use-matrix';

type PartProps = { title: string; icon: string; permissions: PermissionItem[] };
type DifferenceListProps = { difference: RoleDifference };

function Part({ title, icon, permissions }: PartProps) {
  if (permissions.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <ul className="f-changes">
        {permissions.map((permission) => (
          <li key={permission.name}><Icon name={icon} size={14} /> <span>{permission.title} <span className="f-meta">{permission.description}</span></span></li>
        ))}
      </ul>
    </section>
  );
}

export function DifferenceList({ difference: { gains, loses } }: DifferenceListProps) {
  if (gains.length + loses.length === 0) return <p>{t('roles.same')}</p>;
  return (
    <>
      <Part title={t('roles.gains', { n: gains.length })} icon="plus" permissions={gains} />
      <Part title={t('roles.loses', { n: loses.length })} icon="x" permissions={loses} />
    </>
  );
}
