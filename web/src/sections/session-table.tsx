/** Sessions, one a row: which browser, from where, since when, last used, and a button that ends it. */
import type { SessionItem } from '@/api/identity-wire';
import { t } from '@/i18n/t';
import { Badge, Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { Time } from '@/ui/time';
import { browserName } from './browser-name';

type SessionTableProps = { sessions: SessionItem[]; onEnd?: ((session: SessionItem) => void) | undefined };

function Where({ session }: { session: SessionItem }) {
  return (
    <span className="f-two">
      <span className="f-name" title={session.browser ?? ''}>
        {browserName(session.browser) ?? t('sessions.unknown')}
      </span>
      <span className="f-meta f-clip">{session.address}</span>
    </span>
  );
}

/** What the provider says of how the sign-in was proved; nothing said is the weakest. */
function Proof({ session }: { session: SessionItem }) {
  const said = [session.amr.join(', '), session.acr].filter(Boolean).join(' · ');
  return <span title={said || t('sessions.proof.unsaid')}><Status tone={session.mfa ? 'good' : 'neutral'}>{session.mfa ? t('sessions.proof.mfa') : t('sessions.proof.one')}</Status></span>;
}

export function SessionTable({ sessions, onEnd }: SessionTableProps) {
  const columns: TableColumn<SessionItem>[] = [
    { key: 'where', label: t('sessions.where'), width: 'fill', render: (session) => <Where session={session} /> },
    { key: 'proof', label: t('sessions.proof'), width: 's', hideBelow: 'md', render: (session) => <Proof session={session} /> },
    { key: 'since', label: t('sessions.since'), width: 's', hideBelow: 'sm', render: (session) => <Time iso={session.created_at} /> },
    { key: 'used', label: t('sessions.used'), width: 's', render: (session) => <Time iso={session.last_seen_at} /> },
  ];
  if (onEnd) {
    columns.push({
      key: 'end',
      label: t('table.actions'),
      width: 's',
      align: 'end',
      render: (session) => session.is_current ? <Badge tone="info">{t('sessions.this')}</Badge> : (
        <Button aria-label={t('sessions.end_of', { name: browserName(session.browser) ?? t('sessions.unknown') })} onClick={() => onEnd(session)}>{t('sessions.end')}</Button>
      ),
    });
  }
  return <DataTable label={t('sessions.list')} columns={columns} rows={sessions} rowKey={(session) => session.public_id} />;
}
