/** Which role may do what, as a table; custom roles open beside it. */
import '@/styles/access.css';

import type { ReactNode } from 'react';

import type { Matrix, RoleHead } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import { Button } from '@/ui/button';
import { useHost } from '@/ui/host-context';
import { Icon } from '@/ui/icon';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { Skeleton } from '@/ui/skeleton';
import { SplitPage } from '@/ui/split-page';
import { DecidedRights } from './decided-rights';
import { Proposals, useProposals } from './proposals';
import { RoleDrawer } from './role-drawer';
import { useMatrix } from './use-matrix';

type RolesProps = { tabs: ReactNode; name: string };
type MatrixTableProps = { matrix: Matrix };
type HeadProps = { role: RoleHead };
type HoldsProps = { role: RoleHead; roles: string[] };

function Head({ role }: HeadProps) {
  const { route } = useHost();
  return (
    <th scope="col" data-width="s">
      {role.is_builtin ? role.title : <a className="f-link" href={route.href(`roles/${role.name}`)}>{role.title}</a>}
    </th>
  );
}

function Holds({ role, roles }: HoldsProps) {
  const yes = roles.includes(role.name);
  return <td>{yes && <Icon name="check" />}<span className="f-hidden">{yes ? t('yes') : t('no')}</span></td>;
}

function MatrixTable({ matrix }: MatrixTableProps) {
  return (
    <div className="f-table-wrap">
      {/* A region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable). */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="f-table-scroll" role="region" aria-label={t('roles.matrix')} tabIndex={0}>
        <table className="f-table f-matrix">
          <thead>
            <tr>
              <th scope="col" data-width="fill">{t('roles.permission')}</th>
              {matrix.roles.map((role) => <Head key={role.name} role={role} />)}
            </tr>
          </thead>
          {matrix.plugins.map((plugin) => (
            <tbody key={plugin.id}>
              <tr className="f-matrix-group"><th scope="rowgroup" colSpan={matrix.roles.length + 1}>{plugin.title}</th></tr>
              {plugin.permissions.map((permission) => (
                <tr key={permission.name}>
                  <th scope="row">
                    <span className="f-two">
                      <span title={permission.name}>{permission.sensitive && <><Icon name="lock" size={12} /><span className="f-hidden">{t('roles.sensitive')}</span> </>}{permission.title}</span>
                      <span className="f-meta f-clip" title={permission.description}>{permission.description}</span>
                    </span>
                  </th>
                  {matrix.roles.map((role) => <Holds key={role.name} role={role} roles={permission.roles} />)}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </div>
  );
}

export function Roles({ tabs, name }: RolesProps) {
  const { route, can } = useHost();
  const { value: matrix, error, pending, reload } = useMatrix();
  const { open, decided } = useProposals();
  const handleClose = () => route.go('roles');
  return (
    <SplitPage drawer={name !== '' && matrix && <RoleDrawer key={name} name={name} matrix={matrix} closeHref={route.href('roles')} onClose={handleClose} />}>
      <PageHeader title={t('roles.title')} description={t('roles.about')}>
        {can('accounts:role:manage') && <Button variant="primary" icon="plus" onClick={() => route.go('roles/new')}>{t('roles.new')}</Button>}
      </PageHeader>
      {tabs}
      <Proposals items={open} />
      {pending && <Skeleton />}
      {error && !matrix && <ProblemCard error={error} onRetry={reload} />}
      {matrix && <MatrixTable matrix={matrix} />}
      {matrix && <p className="f-meta f-note"><Icon name="lock" size={12} /> {t('roles.sensitive.note')}</p>}
      {decided.length > 0 && <DecidedRights items={decided} matrix={matrix} />}
    </SplitPage>
  );
}
