/** Access: which plugins may use the values, who confirmed it, and who had them, when and why. */
import { type SyntheticEvent, useState } from 'react';

import { Button, Field, FormProblem, ObjectHistory, ProblemCard, Skeleton, TextInput, Time, problemWords, useData, useHost, useRefresh } from '@foundation/sdk/react';

import { t } from './t';
import type { Credential, Grant } from './types';

type GrantsTabProps = { credential: Credential };

export function GrantsTab({ credential }: GrantsTabProps) {
  const { api, can, ui } = useHost();
  const refresh = useRefresh();
  const { value, error, reload } = useData<{ items: Grant[] }>(`/${credential.id}/grants`);
  const [plugin, setPlugin] = useState('');
  const [failure, setFailure] = useState<unknown>(null);
  const mayManage = can('credentials:grant:manage');

  const handleGrant = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (plugin.trim() === '') return;
    setFailure(null);
    try {
      await api.send('POST', `/${credential.id}/grants`, { plugin: plugin.trim() });
      setPlugin('');
      await refresh();
    } catch (problem) {
      setFailure(problem);
    }
  };
  const handleRevoke = async (grant: Grant) => {
    if (!(await ui.confirm({ title: t('grants.take', { plugin: grant.plugin }), body: t('grants.take.body'), danger: true, ok: t('grants.take.go') }))) return;
    try {
      await api.send('DELETE', `/${credential.id}/grants/${grant.plugin}`);
      await refresh();
    } catch (problem) {
      const words = problemWords(problem);
      ui.toast({ text: `${words.title}. ${words.body}`, kind: 'bad' });
    }
  };
  if (error && !value) return <ProblemCard error={error} onRetry={reload} />;
  if (!value) return <Skeleton rows={3} />;
  return (
    <>
      <section aria-labelledby="grants">
        <h3 id="grants">{t('grants.who')}</h3>
        <p className="f-meta">{t('grants.about')}</p>
        <ul className="f-rows">
          {value.items.map((grant) => (
            <li key={grant.plugin}>
              <span className="f-name">{grant.plugin}</span>
              <span className="f-meta f-clip">{grant.granted_by} <Time iso={grant.granted_at} /></span>
              {mayManage ? <Button icon="x" aria-label={t('grants.take', { plugin: grant.plugin })} onClick={() => void handleRevoke(grant)} /> : <span />}
            </li>
          ))}
        </ul>
        {value.items.length === 0 && <p className="f-meta">{t('grants.none')}</p>}
        {mayManage && (
          <form className="f-form" noValidate onSubmit={(event) => void handleGrant(event)}>
            {failure !== null && <FormProblem error={failure} />}
            <Field label={t('grants.plugin')} hint={t('grants.hint')}>
              {(ids) => <TextInput {...ids} value={plugin} maxLength={20} autoComplete="off" onChange={(event) => setPlugin(event.target.value)} />}
            </Field>
            <div className="f-form-actions"><Button type="submit">{t('grants.give')}</Button></div>
          </form>
        )}
      </section>
      <ObjectHistory target={`credential:${credential.id}`} type="credentials.secret" title={t('grants.used')} limit={20} />
    </>
  );
}
