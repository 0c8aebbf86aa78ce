/** Which credentials a project uses: attached from the section Credentials, never shown. */
import { Button, Empty, Icon, ProblemCard, Skeleton, newKey, useData, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential, Project } from './types';
import { useAct } from './use-act';

type CredentialsTabProps = { project: Project };

export function CredentialsTab({ project }: CredentialsTabProps) {
  const { api, can, ui } = useHost();
  const act = useAct();
  const refresh = useRefresh();
  const path = `/${project.id}/credentials`;
  const { value, error, reload } = useData<{ items: Credential[] }>(path);
  const may = project.may.includes('attach');

  const handleAttach = async () => {
    const idempotencyKey = newKey();
    const done = await ui.form<{ credential_id: string }>({
      title: t('attach'),
      submit: t('attach'),
      schema: { type: 'object', required: ['credential_id'], properties: { credential_id: { type: 'string', format: 'uuid', title: t('credential'), 'x-ui': { widget: 'ref', ref: '/api/creds' } } } },
      onSubmit: async (values) => {
        await api.send('POST', path, values, { idempotencyKey });
        await refresh();
      },
    });
    if (done) ui.toast({ text: t('attached'), kind: 'good' });
  };
  const handleDetach = async ({ id, name }: Credential) => {
    if (!(await ui.confirm({ title: t('detach.title', { name }), body: t('detach.body'), danger: true, ok: t('detach') }))) return;
    await act(async () => {
      await api.send('DELETE', `${path}/${id}`);
      return { text: t('detached', { name }) };
    });
  };
  const attach = may && project.status === 'active' && can('credentials:credential:read') && <Button icon="link" onClick={() => void handleAttach()}>{t('attach')}</Button>;
  if (error && !value) return <ProblemCard error={error} onRetry={reload} />;
  if (!value) return <Skeleton rows={3} />;
  if (value.items.length === 0) return <Empty title={t('credentials.none')} body={t('credentials.none.body')} action={attach} />;
  return (
    <section className="f-tab" aria-labelledby="credentials">
      <header><h3 id="credentials">{t('tab.credentials')}</h3>{attach}</header>
      <ul className="f-rows">
        {value.items.map((one) => (
          <li key={one.id}>
            {can('credentials:credential:read') ? <a className="f-name f-clip" href={`/s/credentials/${one.id}`}>{one.name}</a> : <span className="f-name f-clip">{one.name}</span>}
            <span className="f-meta f-clip">{one.kind} · {one.slug}</span>
            {may ? <Button variant="ghost" aria-label={t('detach.of', { name: one.name })} onClick={() => void handleDetach(one)}><Icon name="unlink" /></Button> : <span />}
          </li>
        ))}
      </ul>
    </section>
  );
}
