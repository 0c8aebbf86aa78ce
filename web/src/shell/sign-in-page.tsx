/** The door: one button, and in plain words why the last try did not work. */
import { useState } from 'react';

import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import { Button } from '@/ui/button';
import { FormProblem } from '@/ui/form-problem';
import { Icon } from '@/ui/icon';
import { Mark } from './mark';

type SignInPageProps = { next: string; code: string | null; invite?: string | undefined };

const CODES = ['request', 'not_started', 'state', 'expired', 'iss', 'exchange', 'token', 'userinfo', 'not_allowed', 'unavailable', 'auth_time', 'session', 'stale', 'not_invited', 'limited', 'strength'] as const;

/** The sentence for a code of the callback; the provider's own refusals share one. */
export function signInWords(code: string): string {
  const known = CODES.find((one) => one === code);
  if (known !== undefined) return t(`signin.e.${known}`);
  if (code === 'provider_access_denied') return t('signin.e.denied');
  return code.startsWith('provider') ? t('signin.e.provider') : t('signin.e.other');
}

export function SignInPage({ next, code, invite }: SignInPageProps) {
  const { client } = useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const handleSignIn = async () => {
    setBusy(true);
    setError(null);
    try {
      const { value } = await client.request<{ redirect: string }>('POST', '/api/auth/login', { body: invite === undefined ? { next } : { next, invite }, renew: false });
      window.location.assign(value.redirect);
    } catch (failure) {
      setError(failure);
      setBusy(false);
    }
  };
  return (
    <main className="s-door">
      <title>{t('signin.page')}</title>
      <div className="s-door-card">
        <Mark size={32} />
        <h1>{t(invite === undefined ? 'signin.title' : 'signin.invited')}</h1>
        <p className="s-door-text">{t(invite === undefined ? 'signin.body' : 'signin.invited.body')}</p>
        {code !== null && error === null && (
          <div className="f-form-problem" role="alert"><Icon name="circle-alert" /> <div>{signInWords(code)}</div></div>
        )}
        {error !== null && <FormProblem error={error} />}
        <Button variant="primary" busy={busy} onClick={() => void handleSignIn()}>{t('signin.go')}</Button>
      </div>
    </main>
  );
}
