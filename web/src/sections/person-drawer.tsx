/** One person or service account: who they are, where they are signed in, and their API tokens. */
import type { SessionItem } from '@/api/identity-wire';
import type { UserView } from '@/api/wire';
import { t } from '@/i18n/t';
import type { Page } from '@/sdk/types';
import { Badge, Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { useData } from '@/ui/data';
import { DetailsList } from '@/ui/details-list';
import { Empty } from '@/ui/empty';
import { useHost } from '@/ui/host-context';
import { ObjectHistory } from '@/ui/object-history';
import { ProblemCard } from '@/ui/problem-card';
import { useRunAction } from '@/ui/run-action';
import { Skeleton } from '@/ui/skeleton';
import { Drawer } from '@/ui/split-page';
import { Time } from '@/ui/time';
import { ServiceOwner } from './service-owner';
import { SessionTable } from './session-table';
import { TokenList } from './token-list';
import { UserDelete } from './user-delete';
import { UserRole } from './user-role';
import { UserSwitch } from './user-switch';

type PersonDrawerProps = { id: string; closeHref: string; onClose: () => void };
type UserProps = { user: UserView };
type SessionsProps = { user: UserView; sessions: SessionItem[] };

function Facts({ user }: UserProps) {
  const entries = [
    { key: 'role', label: t('users.role'), value: <>{user.role_source === 'idp' ? user.role : <UserRole user={user} />} {user.role_source === 'idp' && <Badge>{t('users.from_idp')}</Badge>}</> },
    { key: 'state', label: t('users.state'), value: <Status tone={user.enabled ? 'good' : 'neutral'}>{user.enabled ? t('users.enabled') : t('users.disabled')}</Status> },
    { key: 'seen', label: t('users.seen'), value: user.last_seen_at ? <Time iso={user.last_seen_at} /> : t('users.never') },
    { key: 'made', label: t('users.since'), value: <Time iso={user.created_at} /> },
  ];
  if (user.kind === 'service') entries.unshift({ key: 'owner', label: t('services.owner'), value: <ServiceOwner service={user} /> });
  if (user.kind === 'user') entries.push({ key: 'issuer', label: t('users.issuer'), value: <span>{user.issuer}</span> });
  return <section aria-label={t('resource.details')}><DetailsList entries={entries} /></section>;
}

function Sessions({ user, sessions }: SessionsProps) {
  const { api, ui, can } = useHost();
  const run = useRunAction();
  const may = can('accounts:user:write');
  const handleEnd = (session: SessionItem) => void run(async () => {
    await api.send('DELETE', `/users/${user.id}/sessions/${session.public_id}`);
    return t('sessions.ended', { n: 1 });
  });
  const handleAll = async () => {
    if (!(await ui.confirm({ title: t('sessions.all.title', { name: user.name || user.email }), body: t('sessions.all.body'), ok: t('sessions.all'), danger: true }))) return;
    await run(async () => t('sessions.ended', { n: (await api.send<{ ended: number }>('POST', `/users/${user.id}/sessions/end-all`)).ended }));
  };
  return (
    <section className="f-tab" aria-label={t('sessions.title')}>
      <header>
        <h3>{t('sessions.title')}</h3>
        {may && sessions.length > 0 && <Button onClick={() => void handleAll()}>{t('sessions.all')}</Button>}
      </header>
      {sessions.length === 0 ? <Empty title={t('sessions.none')} /> : <SessionTable sessions={sessions} onEnd={may ? handleEnd : undefined} />}
    </section>
  );
}

export function PersonDrawer({ id, closeHref, onClose }: PersonDrawerProps) {
  const { can } = useHost();
  const { value: user, error, reload } = useData<UserView>(`/users/${encodeURIComponent(id)}`);
  const { value: sessions } = useData<Page<SessionItem>>(user?.kind === 'user' ? `/users/${user.id}/sessions` : null);
  const may = can('accounts:user:write');
  return (
    <Drawer
      title={user ? user.name || user.email : t('users.one')}
      subtitle={user?.email}
      closeHref={closeHref}
      onClose={onClose}
      actions={user && <><UserSwitch user={user} /><UserDelete user={user} onGone={onClose} /></>}
    >
      {error && !user && <ProblemCard error={error} onRetry={reload} />}
      {!error && !user && <Skeleton rows={4} />}
      {user && <Facts user={user} />}
      {user?.kind === 'user' && sessions && <Sessions user={user} sessions={sessions.items} />}
      {user && (
        <section className="f-tab" aria-label={t('tokens.title')}>
          <TokenList
            path={`/users/${user.id}/tokens`}
            canCreate={may && user.kind === 'service'}
            canRevoke={may}
            heading={(actions) => <header><h3>{t('tokens.title')}</h3>{actions}</header>}
          />
        </section>
      )}
      {user && <ObjectHistory target={`user:${user.id}`} />}
    </Drawer>
  );
}
