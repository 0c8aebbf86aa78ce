/** Says at once that there is no network, and from when what is on the page is. */
import { useEffect, useState } from 'react';

import { t } from '@/i18n/t';
import { useApp } from '@/plugin/app';
import { Icon } from '@/ui/icon';
import { useOnline } from '@/ui/online';

export function OfflineBar() {
  const { formats } = useApp();
  const online = useOnline();
  const [since, setSince] = useState<string | null>(null);
  useEffect(() => {
    const handleOffline = () => setSince(new Date().toISOString());
    window.addEventListener('offline', handleOffline);
    return () => window.removeEventListener('offline', handleOffline);
  }, []);
  return (
    <div role="status" className="s-offline-region">
      {!online && (
        <p className="s-offline">
          <Icon name="triangle-alert" /> <strong>{t('offline.title')}</strong> {since === null ? t('offline.body') : t('offline.since', { when: formats.dateTime(since) })}
        </p>
      )}
    </div>
  );
}
