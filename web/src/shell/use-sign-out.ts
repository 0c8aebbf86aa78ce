/** The way out: ends the session here, then at the provider. */
import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import { problemWords } from '@/ui/problem-words';
import { pushToast } from '@/ui/toasts';
import { forgetHere } from './here';

export function useSignOut(): () => void {
  const { client, toasts } = useApp();
  const signOut = async () => {
    try {
      const { value } = await client.request<{ redirect: string }>('POST', '/api/auth/logout', { renew: false });
      forgetHere();
      window.location.assign(value.redirect);
    } catch (error) {
      pushToast(toasts, { text: `${t('account.stuck')} ${problemWords(error).body}`, kind: 'bad' });
    }
  };
  return () => void signOut();
}
