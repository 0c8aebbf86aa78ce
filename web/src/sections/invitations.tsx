/** Who has been invited: the link is shown once, open invitations can be taken back. */
import { type ReactNode, useState } from 'react';

import type { Invitation, NewInvitation } from '@/api/identity-wire';
import { newKey } from '@/api/new-key';
import { t } from '@/i18n/t';
import type { JsonSchema, Page } from '@/sdk/types';
import { Status } from '@/ui/badge';
import { Button } from '@/ui/button';
import { useData, useRefresh } from '@/ui/data';
import { DataTable, type TableColumn } from '@/ui/data-table';
import { Empty } from '@/ui/empty';
import { useHost } from '@/ui/host-context';
import { OnceDialog } from '@/ui/once-dialog';
import { PageHeader } from '@/ui/page-header';
import { ProblemCard } from '@/ui/problem-card';
import { useRunAction } from '@/ui/run-action';
import { Skeleton } from '@/ui/skeleton';
import { Time } from '@/ui/time';
import { roleTitle, useMatrix } from './use-matrix';

type InvitationsProps = { tabs: ReactNode };
type Values = { email: string; role?: string; days?: number };

const TONES = { open: 'info', accepted: 'good', expired: 'warn', revoked: 'neutral' } as const;

function schemaOf(roles: { name: string; title: string }[]): JsonSchema {
  return {
    type: 'object',
    required: ['email'],
    properties: {
      email: { type: 'string', title: t('settings.email'), description: t('invitations.email.hint'), format: 'email', minLength: 3, maxLength: 320 },
      role: { type: 'string', title: t('users.role'), oneOf: roles.map((role) => ({ const: role.name, title: role.title })) },
      days: { type: 'integer', title: t('invitations.days'), default: 7, minimum: 1, maximum: 30 },
    },
  };
}

function columnsOf(say: (role: string | null) => string, onRevoke: ((one: Invitation) => void) | undefined): TableColumn<Invitation>[] {
  return [
    { key: 'email', label: t('settings.email'), width: 'fill', render: (one) => <span className="f-name f-clip" title={one.email}>{one.email}</span> },
    { key: 'role', label: t('users.role'), width: 'm', hideBelow: 'sm', render: (one) => say(one.role) },
    { key: 'state', label: t('users.state'), width: 's', render: (one) => <Status tone={TONES[one.state]}>{t(`invitations.state.${one.state}`)}</Status> },
    { key: 'expires', label: t('invitations.expires'), width: 's', hideBelow: 'sm', render: (one) => <Time iso={one.expires_at} /> },
    ...(onRevoke ? [{
      key: 'revoke', label: t('table.actions'), width: 's' as const, align: 'end' as const,
      render: (one: Invitation) => one.state === 'open' && <Button aria-label={t('invitations.revoke_of', { name: one.email })} onClick={() => onRevoke(one)}>{t('invitations.revoke')}</Button>,
    }] : []),
  ];
}

export function Invitations({ tabs }: InvitationsProps) {
  const { api, ui, can, fmt } = useHost();
  const run = useRunAction();
  const refresh = useRefresh();
  const { value, error, pending, reload } = useData<Page<Invitation>>('/invitations');
  const { value: matrix } = useMatrix();
  const [made, setMade] = useState<NewInvitation | null>(null);
  const may = can('accounts:user:write');
  const items = value?.items ?? [];
  const handleNew = async () => {
    const idempotencyKey = newKey();
    await ui.form<Values>({
      title: t('invitations.new'),
      submit: t('invitations.create'),
      schema: schemaOf(matrix?.roles ?? []),
      onSubmit: async (values) => setMade(await api.send<NewInvitation>('POST', '/invitations', values, { idempotencyKey })),
    });
    await refresh();
  };
  const handleRevoke = async (one: Invitation) => {
    if (!(await ui.confirm({ title: t('invitations.revoke.title', { name: one.email }), body: t('invitations.revoke.body'), ok: t('invitations.revoke'), danger: true }))) return;
    await run(async () => {
      await api.send('DELETE', `/invitations/${one.id}`);
      return t('invitations.revoked', { name: one.email });
    });
  };
  const create = may && <Button variant="primary" icon="plus" onClick={() => void handleNew()}>{t('invitations.new')}</Button>;
  const say = (role: string | null) => (role === null ? t('role.none') : roleTitle(matrix, role));
  return (
    <>
      <PageHeader title={t('invitations.title')} description={t('invitations.about')}>{items.length > 0 && create}</PageHeader>
      {tabs}
      {pending && <Skeleton />}
      {error && !value && <ProblemCard error={error} onRetry={reload} />}
      {value && items.length === 0 && <Empty title={t('invitations.none')} body={t('invitations.none.body')} action={create} />}
      {items.length > 0 && <DataTable label={t('invitations.title')} columns={columnsOf(say, may ? (one) => void handleRevoke(one) : undefined)} rows={items} rowKey={(one) => one.id} />}
      {made && <OnceDialog title={t('invitations.made', { name: made.email })} body={t('invitations.made.body', { when: fmt.dateTime(made.expires_at) })} text={made.link} onDone={() => setMade(null)} />}
    </>
  );
}
