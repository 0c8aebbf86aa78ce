/** The tab in which somebody signs in again: it goes to the provider at once. */
import { useEffect, useState } from 'react';

import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import { FormProblem } from '@/ui/form-problem';
import { Mark } from './mark';

type SignInAgainPageProps = { why: string | null };

export function SignInAgainPage({ why }: SignInAgainPageProps) {
  const { client } = useApp();
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const controller = new AbortController();
    const route = why === 'step_up' ? '/api/auth/step-up' : '/api/auth/login';
    client
      .request<{ redirect: string }>('POST', route, { body: { next: '/signed-in' }, renew: false, signal: controller.signal })
      .then(({ value }) => window.location.assign(value.redirect))
      .catch((failure: unknown) => {
        if (!controller.signal.aborted) setError(failure);
      });
    return () => controller.abort();
  }, [client, why]);
  return (
    <main className="s-door">
      <title>{t('signin.page')}</title>
      <div className="s-door-card">
        <Mark size={32} />
        <h1>{t('renew.page')}</h1>
        {error === null ? <p className="f-meta">{t('renew.moving')}</p> : <FormProblem error={error} />}
      </div>
    </main>
  );
}
