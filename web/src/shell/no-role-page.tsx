/** For somebody who is signed in and has no role: what to do about it, and the one-time code of the first admin. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type SyntheticEvent, useState } from 'react';

import { isProblem } from '@/api/problem';
import type { MeView } from '@/api/wire';
import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import { Button } from '@/ui/button';
import { TextInput } from '@/ui/controls';
import { Empty } from '@/ui/empty';
import { Field } from '@/ui/field';
import { FormProblem } from '@/ui/form-problem';
import { PageHeader } from '@/ui/page-header';
import { SHELL_KEY } from './use-shell';

function BootstrapForm() {
  const { client } = useApp();
  const queries = useQueryClient();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const handleSubmit = async (event: SyntheticEvent) => {
    event.preventDefault();
    setTried(true);
    if (busy || code.trim() === '') return;
    setBusy(true);
    setFailure(null);
    try {
      await client.request('POST', '/api/auth/bootstrap', { body: { code: code.trim() } });
      await queries.invalidateQueries({ queryKey: SHELL_KEY });
    } catch (error) {
      setFailure(error);
    }
    setBusy(false);
  };
  const refused = isProblem(failure, 'bootstrap_refused') ? t('bootstrap.refused') : undefined;
  const missing = tried && code.trim() === '' ? t('form.required') : undefined;
  return (
    <section className="f-section" aria-labelledby="bootstrap">
      <h2 id="bootstrap">{t('bootstrap.title')}</h2>
      <form className="f-form" noValidate onSubmit={(event) => void handleSubmit(event)}>
        <p className="f-prose">{t('bootstrap.body')}</p>
        <code className="f-code">foundation admin bootstrap</code>
        {failure !== null && refused === undefined && <FormProblem error={failure} />}
        <Field label={t('bootstrap.code')} hint={t('bootstrap.hint')} required error={refused ?? missing}>
          {(ids) => <TextInput {...ids} mono value={code} maxLength={200} autoComplete="one-time-code" spellCheck={false} onChange={(event) => setCode(event.target.value)} />}
        </Field>
        <div className="f-form-actions"><Button type="submit" variant="primary" busy={busy}>{t('bootstrap.send')}</Button></div>
      </form>
    </section>
  );
}

export function NoRolePage() {
  const { client } = useApp();
  const queries = useQueryClient();
  const { data: me } = useQuery({ queryKey: ['me'], queryFn: async () => (await client.request<MeView>('GET', '/api/auth/me')).value });
  const handleAgain = () => void queries.invalidateQueries({ queryKey: SHELL_KEY });
  return (
    <>
      <PageHeader title={t('norole.title')} />
      <div className="f-narrow">
        <Empty title={t('norole.what')} body={t('norole.body', { email: me?.email ?? '' })} action={<Button icon="refresh-cw" onClick={handleAgain}>{t('norole.again')}</Button>} />
        {me?.bootstrap && <BootstrapForm />}
      </div>
    </>
  );
}
