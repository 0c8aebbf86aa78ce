/** The end of signing in again: tells the waiting tab, then closes. */
import { useEffect } from 'react';

import { t } from '@/i18n/t';
import { Mark } from './mark';
import { CHANNEL } from './renew';

export function SignedInPage() {
  useEffect(() => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.postMessage('signed-in');
    const timer = setTimeout(() => window.close(), 300); // the message must leave first
    return () => {
      clearTimeout(timer);
      channel.close();
    };
  }, []);
  return (
    <main className="s-door">
      <title>{t('signin.page')}</title>
      <div className="s-door-card">
        <Mark size={32} />
        <h1>{t('renew.done')}</h1>
        <p className="f-meta">{t('renew.close')}</p>
        <a className="f-link" href="/">{t('renew.home')}</a>
      </div>
    </main>
  );
}
